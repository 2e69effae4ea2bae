namespace KubePrep.Changes;

/// <summary>Lines that are replaced by others. Numbers begin with 0; an end is the number of the line after the last.</summary>
/// <param name="OldStart">The first line that goes.</param>
/// <param name="OldEnd">Where those that go end.</param>
/// <param name="NewStart">The first line that comes.</param>
/// <param name="NewEnd">Where those that come end.</param>
internal readonly record struct LineEdit(int OldStart, int OldEnd, int NewStart, int NewEnd);
