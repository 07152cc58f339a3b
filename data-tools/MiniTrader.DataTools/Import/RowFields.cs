namespace MiniTrader.DataTools;

/// <summary>
/// Splits a line at a delimiter into fields without copying. A field may be quoted with double quotes; then delimiters inside
/// are its own. Reused for every row.
/// </summary>
public sealed class RowFields(byte delimiter = (byte)',')
{
    /// <summary>Most fields of a row.</summary>
    public const int MaxFields = 4096;

    private (int Start, int Length)[] _fields = new (int, int)[32];

    public int Count { get; private set; }

    /// <summary>False when a quote is not closed or the row has too many fields.</summary>
    public bool TrySplit(ReadOnlySpan<byte> line)
    {
        Count = 0;
        int at = 0;
        while (true)
        {
            if (Count == MaxFields) return false;
            if (Count == _fields.Length) Array.Resize(ref _fields, _fields.Length * 2);
            if (at < line.Length && line[at] == '"')
            {
                if (!TryTakeQuoted(line, ref at)) return false;
            }
            else
            {
                int length = line[at..].IndexOf(delimiter);
                if (length < 0) length = line.Length - at;
                _fields[Count++] = (at, length);
                at += length;
            }

            if (at == line.Length) return true;
            at++;
        }
    }

    /// <summary>A field of the line that was split last, without quotes and outer blanks.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line, int index)
    {
        (int start, int length) = _fields[index];
        return line.Slice(start, length).Trim((byte)' ');
    }

    private bool TryTakeQuoted(ReadOnlySpan<byte> line, ref int at)
    {
        int start = ++at;
        while (true)
        {
            int quote = line[at..].IndexOf((byte)'"');
            if (quote < 0) return false;
            at += quote + 1;
            if (at < line.Length && line[at] == '"')
            {
                at++;
                continue;
            }

            _fields[Count++] = (start, at - 1 - start);
            return at == line.Length || line[at] == delimiter;
        }
    }
}
