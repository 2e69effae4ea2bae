using System.Diagnostics;

namespace KubePrep.Parameters;

/// <summary>
/// Reads for somebody who has pressed Tab. What does not come in time, such as from a file system that hangs, is left out; so is what
/// cannot be read.
/// </summary>
internal static class PromptReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>What the sources have, in their order. Each is read on a thread of its own.</summary>
    public static IReadOnlyList<T> Collect<T>(params IReadOnlyList<IEnumerable<T>> sources)
    {
        var clock = Stopwatch.StartNew();
        return [.. sources.Select(source => new Reader<T>(source)).ToList().SelectMany(reader => reader.Take(Patience - clock.Elapsed))];
    }

    private sealed class Reader<T>
    {
        private readonly List<T> _found = [];
        private readonly Thread _thread;
        private bool _isAbandoned;

        public Reader(IEnumerable<T> source)
        {
            _thread = new Thread(() => Read(source)) { IsBackground = true, Name = "KubePrep completion" };
            _thread.Start();
        }

        /// <summary>What has been found after a wait; nothing is looked for from then on.</summary>
        public IReadOnlyList<T> Take(TimeSpan patience)
        {
            _thread.Join(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
            lock (_found)
            {
                _isAbandoned = true;
                return [.. _found];
            }
        }

        private void Read(IEnumerable<T> source)
        {
            try
            {
                foreach (var item in source)
                {
                    lock (_found)
                    {
                        if (_isAbandoned)
                        {
                            return;
                        }

                        _found.Add(item);
                    }
                }
            }
            catch (Exception)
            {
                // what was found before is offered; on a thread of its own, any exception would end PowerShell
            }
        }
    }
}
