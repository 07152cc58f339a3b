using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Reading a run's journal back.</summary>
public sealed class JournalReaderTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    private RunOutcome Run(string journal) => _runs.Run(new RunConfig { Strategies = ["EmaCross"], Data = "generated:seed=7,rows=5000", Journal = journal });

    private static List<Dictionary<string, object>> Read(string path, IReadOnlyList<string>? instruments = null)
    {
        List<Dictionary<string, object>> entries = [];
        using JournalReader reader = JournalReader.Open(path);
        JournalFields fields = new(instruments ?? [], []);
        while (reader.TryRead()) entries.Add(fields.Of(reader).ToDictionary());
        return entries;
    }

    [Fact]
    public void It_holds_every_command_report_and_fill_of_the_run()
    {
        RunOutcome outcome = Run("orders");
        List<Dictionary<string, object>> entries = Read(outcome.Folder, outcome.Summary.Instruments);
        Dictionary<string, object>[] fills = [.. entries.Where(e => e.GetValueOrDefault("report") is "fill")];
        Assert.Equal(outcome.Summary.Orders, entries.Count(e => e["entry"] is "command" && e["command"] is "new"));
        Assert.Equal(outcome.Summary.Fills, fills.Length);
        Assert.All(fills, f => Assert.Contains((string)f["instrument"], outcome.Summary.Instruments));
        Assert.StartsWith("#", (string)fills[0]["strategy"], StringComparison.Ordinal);
        Assert.Contains(fills[0]["side"], (object[])["buy", "sell"]);
        Assert.DoesNotContain(entries, e => e["entry"] is "market");
    }

    [Fact]
    public void A_denial_stands_behind_its_command_with_limit_and_value()
    {
        RunOutcome outcome = _runs.Run(new RunConfig { Strategies = ["EmaCross"], Data = "generated:seed=7,rows=5000", Settings = new Dictionary<string, string> { ["size"] = "5" }, Risk = new Dictionary<string, string> { ["max-order-quantity"] = "3" } });
        List<Dictionary<string, object>> entries = Read(outcome.Folder);
        int command = entries.FindIndex(e => e.GetValueOrDefault("command") is "new" && e["entry"] is "command");
        Assert.Equal("max-order-quantity", entries[command]["denied"]);
        Assert.Equal(("denial", 3m, 5m), ((string)entries[command + 1]["entry"], (decimal)entries[command + 1]["limit"], (decimal)entries[command + 1]["value"]));
    }

    [Fact]
    public void A_full_one_holds_the_market_too()
    {
        RunOutcome outcome = Run("full");
        List<Dictionary<string, object>> entries = Read(Path.Combine(outcome.Folder, "journal", "journal.bin"));
        Dictionary<string, object>[] quotes = [.. entries.Where(e => e["entry"] is "market")];
        Assert.Equal(outcome.Summary.Events, quotes.Length);
        Assert.True((decimal)quotes[0]["bid"] < (decimal)quotes[0]["ask"]);
    }

    [Fact]
    public void What_is_cut_off_is_told_behind_what_is_sound()
    {
        string path = Path.Combine(Run("orders").Folder, "journal", "journal.bin");
        byte[] whole = File.ReadAllBytes(path);
        int all = Read(path).Count;
        string cut = Path.Combine(_runs.Folder, "cut.bin");
        for (int length = 64; length < 64 + (64 * 12); length += 31)
        {
            File.WriteAllBytes(cut, whole[..length]);
            using JournalReader reader = JournalReader.Open(cut);
            int read = 0;
            InvalidDataException? fault = null;
            try
            {
                while (reader.TryRead()) read++;
            }
            catch (InvalidDataException e)
            {
                fault = e;
            }

            Assert.InRange(read, 0, all - 1);
            if (length % 64 != 0) Assert.Contains("is cut off: its last entry, at byte", fault!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_bytes_are_a_sentence_or_other_values_and_nothing_else()
    {
        string path = Path.Combine(Run("full").Folder, "journal", "journal.bin");
        byte[] whole = File.ReadAllBytes(path)[..(64 * 400)];
        string damaged = Path.Combine(_runs.Folder, "damaged.bin");
        Random random = new(4);
        int refused = 0;
        for (int i = 0; i < 100; i++)
        {
            byte[] bytes = [.. whole];
            for (int k = 0; k < 40; k++) bytes[64 + random.Next(bytes.Length - 64)] = (byte)random.Next(256);
            File.WriteAllBytes(damaged, bytes);
            try
            {
                Read(damaged);
            }
            catch (InvalidDataException e)
            {
                refused++;
                Assert.Contains("damaged.bin is ", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(refused > 10, $"{refused}");
    }

    [Fact]
    public void What_is_no_journal_is_refused()
    {
        string path = Path.Combine(_runs.Folder, "other.bin");
        File.WriteAllText(path, new string('x', 200));
        Assert.Contains("is no journal", Assert.Throws<InvalidDataException>(() => JournalReader.Open(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, []);
        Assert.Contains("is no journal", Assert.Throws<InvalidDataException>(() => JournalReader.Open(path)).Message, StringComparison.Ordinal);
        byte[] head = new byte[64];
        BitConverter.TryWriteBytes(head, JournalFileHead.MagicValue);
        head[8] = 9;
        File.WriteAllBytes(path, head);
        Assert.Contains("a journal of version 9", Assert.Throws<InvalidDataException>(() => JournalReader.Open(path)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no journal", Assert.Throws<FileNotFoundException>(() => JournalReader.Open(_runs.Folder)).Message, StringComparison.Ordinal);
    }
}
