using System.Text;

namespace KubePrep.Connections;

/// <summary>Standard error of a process: read to its end, so that it never blocks, and of much of it the beginning and the end kept.</summary>
internal sealed class ErrorOutput : IDisposable
{
    private const int MaximumLength = 32 * 1024; // of the beginning, and as much of the end
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly StringBuilder _beginning = new();
    private readonly StringBuilder _end = new();
    private readonly Thread _reader;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="watch">Is told, on the reading thread, what has come.</param>
    public ErrorOutput(Stream stream, Action<string>? watch)
    {
        _reader = new Thread(() => Read(stream, watch), maxStackSize: 256 * 1024) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>What has been kept so far.</summary>
    public string Text
    {
        get
        {
            lock (_beginning)
            {
                return $"{_beginning}{_end}";
            }
        }
    }

    /// <summary>What there was when the process closed it, or when waiting for that would be in vain.</summary>
    public string WholeText()
    {
        _reader.Join(Grace);
        return Text;
    }

    /// <summary>Lets the reading end.</summary>
    public void Dispose() => _reader.Join(Grace);

    private void Read(Stream stream, Action<string>? watch)
    {
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                var text = Encoding.Latin1.GetString(buffer, 0, count);
                Keep(text);
                watch?.Invoke(text);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // the process is gone
        }
    }

    private void Keep(string text)
    {
        lock (_beginning)
        {
            var room = Math.Min(MaximumLength - _beginning.Length, text.Length);
            _beginning.Append(text.AsSpan(0, room));
            _end.Append(text.AsSpan(room));
            if (_end.Length > 2 * MaximumLength)
            {
                _end.Remove(0, _end.Length - MaximumLength);
            }
        }
    }
}
