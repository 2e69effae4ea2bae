namespace KubePrep.Changes;

/// <summary>
/// Finds the fewest lines that have to go and to come to make one file of another, by Myers' algorithm with the middle snake, which needs
/// linear space (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Lines that only one file has are left out first;
/// parts with thousands of differences among lines that both have are replaced as a whole, so that no file takes long.
/// </summary>
internal sealed class LineComparison
{
    private const int Unreached = int.MinValue / 2;
    private const int Patience = 4000;

    private readonly int[] _old;
    private readonly int[] _new;
    private readonly int[] _forward;
    private readonly int[] _backward;
    private readonly int _offset;
    private readonly List<(int Old, int New)> _common = [];

    private LineComparison(int[] oldLines, int[] newLines)
    {
        (_old, _new) = (oldLines, newLines);
        _offset = oldLines.Length + newLines.Length + 1;
        _forward = new int[(2 * _offset) + 1];
        _backward = new int[(2 * _offset) + 1];
    }

    /// <summary>The edits, in order; none touches another.</summary>
    public static IReadOnlyList<LineEdit> Compare(IReadOnlyList<DiffLine> oldLines, IReadOnlyList<DiffLine> newLines)
    {
        var (oldKept, newKept) = (InBoth(oldLines, newLines), InBoth(newLines, oldLines));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var comparison = new LineComparison(Numbered(oldLines, oldKept, numbers), Numbered(newLines, newKept, numbers));
        comparison.Compare(0, oldKept.Length, 0, newKept.Length);

        var edits = new List<LineEdit>();
        var (oldAt, newAt) = (0, 0);
        foreach (var (oldIndex, newIndex) in comparison._common)
        {
            Add(oldKept[oldIndex], newKept[newIndex]);
            (oldAt, newAt) = (oldKept[oldIndex] + 1, newKept[newIndex] + 1);
        }

        Add(oldLines.Count, newLines.Count);
        return edits;

        void Add(int oldEnd, int newEnd)
        {
            if (oldAt < oldEnd || newAt < newEnd)
            {
                edits.Add(new LineEdit(oldAt, oldEnd, newAt, newEnd));
            }
        }
    }

    /// <summary>Which lines of one file the other has too.</summary>
    private static int[] InBoth(IReadOnlyList<DiffLine> lines, IReadOnlyList<DiffLine> others)
    {
        var known = others.Select(line => line.Bytes).ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, lines.Count).Where(i => known.Contains(lines[i].Bytes))];
    }

    private static int[] Numbered(IReadOnlyList<DiffLine> lines, int[] kept, Dictionary<string, int> numbers)
    {
        var numbered = new int[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var bytes = lines[kept[i]].Bytes;
            if (!numbers.TryGetValue(bytes, out var number))
            {
                number = numbers.Count;
                numbers.Add(bytes, number);
            }

            numbered[i] = number;
        }

        return numbered;
    }

    /// <summary>Adds the lines common to two ranges, in order.</summary>
    private void Compare(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        while (oldStart < oldEnd && newStart < newEnd && _old[oldStart] == _new[newStart])
        {
            _common.Add((oldStart++, newStart++));
        }

        var tail = 0;
        while (oldStart < oldEnd - tail && newStart < newEnd - tail && _old[oldEnd - tail - 1] == _new[newEnd - tail - 1])
        {
            tail++;
        }

        var (oldTail, newTail) = (oldEnd - tail, newEnd - tail);
        if (oldStart < oldTail && newStart < newTail && Middle(oldStart, oldTail, newStart, newTail) is var (oldMiddle, newMiddle))
        {
            Compare(oldStart, oldMiddle, newStart, newMiddle);
            Compare(oldMiddle, oldTail, newMiddle, newTail);
        }

        for (var i = 0; i < tail; i++)
        {
            _common.Add((oldTail + i, newTail + i));
        }
    }

    /// <summary>
    /// A point that a shortest path from the beginning of both ranges to their ends passes, found from both sides at once. The ranges
    /// differ in their first and in their last line, so that it is neither the beginning nor the end. Null if the ranges have so little
    /// in common that it would take too long.
    /// </summary>
    private (int Old, int New)? Middle(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        var (count, newCount) = (oldEnd - oldStart, newEnd - newStart);
        var delta = count - newCount;
        var isOdd = (delta & 1) != 0;
        for (var d = 0; d <= Patience; d++)
        {
            for (var k = First(d, newCount); k <= Last(d, count); k += 2)
            {
                var x = Furthest(_forward, k, d, count, newCount);
                while (x >= 0 && x < count && x - k < newCount && _old[oldStart + x] == _new[newStart + x - k])
                {
                    x++;
                }

                _forward[_offset + k] = x;
                if (isOdd && IsReached(delta - k, d - 1, count, newCount) && x + _backward[_offset + delta - k] >= count)
                {
                    return (oldStart + x, newStart + x - k);
                }
            }

            for (var k = First(d, newCount); k <= Last(d, count); k += 2)
            {
                var x = Furthest(_backward, k, d, count, newCount);
                while (x >= 0 && x < count && x - k < newCount && _old[oldEnd - 1 - x] == _new[newEnd - 1 - (x - k)])
                {
                    x++;
                }

                _backward[_offset + k] = x;
                if (!isOdd && IsReached(delta - k, d, count, newCount) && x + _forward[_offset + delta - k] >= count)
                {
                    return (oldEnd - x, newEnd - (x - k));
                }
            }
        }

        return null;
    }

    /// <summary>The lowest diagonal that has a point within the ranges after some edits.</summary>
    private static int First(int d, int newCount) => d <= newCount ? -d : -(newCount - ((d - newCount) & 1));

    /// <summary>The highest one.</summary>
    private static int Last(int d, int count) => d <= count ? d : count - ((d - count) & 1);

    private static bool IsReached(int k, int d, int count, int newCount) => k >= Math.Max(-d, -newCount) && k <= Math.Min(d, count);

    /// <summary>The furthest point on a diagonal that one more edit leads to; <see cref="Unreached"/> if there is none within the ranges.</summary>
    private int Furthest(int[] reached, int k, int d, int count, int newCount)
    {
        if (d == 0)
        {
            return 0;
        }

        var left = IsReached(k - 1, d - 1, count, newCount) ? reached[_offset + k - 1] : Unreached;
        var above = IsReached(k + 1, d - 1, count, newCount) ? reached[_offset + k + 1] : Unreached;
        return Math.Max(
            left >= 0 && left < count ? left + 1 : Unreached,
            above >= 0 && above - k <= newCount ? above : Unreached);
    }
}
