using System.Text;

namespace MiniTrader.DataTools;

/// <summary>
/// The books of one imported file: every row read is stored, refused or left out, and each of the latter two has a reason.
/// Owned by the importer until the file is done.
/// </summary>
public sealed class FileAccount(string path, bool skipBad)
{
    /// <summary>Refused rows that are shown in full.</summary>
    public const int MaxExamples = 5;

    private const int MaxShownBytes = 120;

    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _notes = new(StringComparer.Ordinal);
    private readonly List<string> _examples = [];

    public string Path { get; } = path;

    /// <summary>Rows read, headers and blank lines not counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of which something was stored.</summary>
    public long Stored { get; private set; }

    /// <summary>Events stored: a quote bar is one row and two events.</summary>
    public long Events { get; set; }

    /// <summary>True when the last row had no line end; <c>wc -l</c> does not count such a row.</summary>
    public bool IsLastLineOpen { get; set; }

    public long RefusedRows => _refused.Values.Sum();

    public long LeftOutRows => _leftOut.Values.Sum();

    /// <summary>Refused rows by reason.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    /// <summary>Rows that hold nothing to store, by reason.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <summary>What was noticed about rows that were stored: rounded sizes, missing sides.</summary>
    public IReadOnlyDictionary<string, long> Notes => _notes;

    /// <summary>The first refused rows, with part, line and text.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Counts a row. A refused one throws an <see cref="ImportException"/> unless bad rows are skipped.</summary>
    public void Count(RowOutcome outcome, string part, long line, ReadOnlySpan<byte> text)
    {
        if (!IsTaken(outcome)) Refuse(outcome.Reason, part, line, text);
    }

    /// <summary>Counts a record of a binary file, which is named by its number and the place where it begins.</summary>
    public void CountRecord(RowOutcome outcome, string part, long record, long offset, ReadOnlySpan<byte> bytes)
    {
        if (IsTaken(outcome)) return;
        string shown = Convert.ToHexString(bytes[..Math.Min(bytes.Length, MaxShownBytes / 2)]);
        Refuse(outcome.Reason, $"{part}, record {record} at byte {offset}: {outcome.Reason}{(shown.Length > 0 ? ": " : "")}{shown}");
    }

    /// <summary>Refuses a row that was counted as stored: only among the sorted rows does it show that it is bad.</summary>
    public void TakeBack(string reason, string example)
    {
        Stored--;
        Refuse(reason, example);
    }

    /// <summary>Counts many rows that hold nothing to store, all for one reason.</summary>
    public void LeaveOut(string reason, long count)
    {
        if (count == 0) return;
        Rows += count;
        Add(_leftOut, reason, count);
    }

    public void Note(string what, long count = 1) => Add(_notes, what, count);

    /// <summary>Counts a row or record that is stored or left out; false when it is to be refused.</summary>
    private bool IsTaken(RowOutcome outcome)
    {
        Rows++;
        if (outcome.Fate == RowFate.Stored) Stored++;
        else if (outcome.Fate == RowFate.LeftOut) Add(_leftOut, outcome.Reason, 1);
        else return false;
        return true;
    }

    private void Refuse(string reason, string part, long line, ReadOnlySpan<byte> text)
    {
        string shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxShownBytes)]).ReplaceLineEndings(" ");
        Refuse(reason, $"{part}, line {line}: {reason}: {shown}");
    }

    private void Refuse(string reason, string example)
    {
        if (!skipBad) throw new ImportException($"{example}. Nothing was written; --skip-bad leaves such rows out and counts them.");
        Add(_refused, reason, 1);
        if (_examples.Count < MaxExamples) _examples.Add(example);
    }

    private static void Add(SortedDictionary<string, long> counts, string key, long count)
    {
        counts.TryGetValue(key, out long before);
        counts[key] = before + count;
    }
}
