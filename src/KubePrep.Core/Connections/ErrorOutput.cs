using System.Text;

namespace KubePrep.Connections;

/// <summary>Standard error of a process: read to its end, so that it never blocks, and kept up to a bound.</summary>
internal sealed class ErrorOutput : IDisposable
{
    private const int MaximumLength = 64 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly StringBuilder _text = new();
    private readonly Thread _reader;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="watch">Is told, on the reading thread, all that has been kept whenever there is more.</param>
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
            lock (_text)
            {
                return _text.ToString();
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
                if (Keep(Encoding.Latin1.GetString(buffer, 0, count)))
                {
                    watch?.Invoke(Text);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // the process is gone
        }
    }

    private bool Keep(string text)
    {
        lock (_text)
        {
            var room = MaximumLength - _text.Length;
            _text.Append(text.AsSpan(0, Math.Min(room, text.Length)));
            return room > 0;
        }
    }
}
