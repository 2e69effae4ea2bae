using System.Buffers;
using System.Text;

namespace KubePrep.Connections;

/// <summary>Reads lines of bytes, of which neither one nor all may grow beyond a bound: the other side may be hostile.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int MaximumLineLength = 1024 * 1024;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <summary>
    /// The next line without its end, in which every byte is one character; null at the end. A line that broke off is none: what is left
    /// of it could be taken for another.
    /// </summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public string? Read()
    {
        _line.ResetWrittenCount();
        while (_start < _end || Fill())
        {
            var chunk = _buffer.AsSpan(_start, _end - _start);
            var at = chunk.IndexOf((byte)'\n');
            if (_line.WrittenCount + chunk.Length > MaximumLineLength)
            {
                throw new InvalidDataException("a line has no end");
            }

            _line.Write(at < 0 ? chunk : chunk[..at]);
            _start += at < 0 ? chunk.Length : at + 1;
            if (at >= 0)
            {
                return Encoding.Latin1.GetString(_line.WrittenSpan);
            }
        }

        return null;
    }

    private bool Fill()
    {
        try
        {
            _start = 0;
            _end = stream.Read(_buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _end = 0; // the process is gone
        }

        return _end > 0;
    }
}
