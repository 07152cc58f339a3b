using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>The npm package apache-arrow reads our files and writes files that we read, plain and LZ4.</summary>
public sealed class ArrowJsInteropTests
{
    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void Apache_arrow_for_javascript_reads_every_kind(TickCompression compression)
    {
        string script = Script();
        using TemporaryFolder folder = new();
        foreach (TickKind kind in TickData.AllKinds)
        {
            MarketEvent[] events = TickData.Events(kind, 300, 5, TickData.Shape.TwoClocks | TickData.Shape.Extras);
            string path = folder.File($"{kind}.arrow");
            TickData.Write(path, kind, events, new() { BatchRows = 128, Compression = compression });
            using JsonDocument table = JsonDocument.Parse(Node(script, "read", path));
            Assert.Equal(300, table.RootElement.GetProperty("rows").GetInt32());
            Assert.Equal(3, table.RootElement.GetProperty("batches").GetInt32());
            JsonElement metadata = table.RootElement.GetProperty("metadata");
            Assert.Equal("TEST.SIM", metadata.GetProperty("instrument").GetString());
            Assert.Equal(kind.ToString(), metadata.GetProperty("kind").GetString());
            Assert.Equal("9", metadata.GetProperty("price_scale").GetString());

            JsonElement columns = table.RootElement.GetProperty("columns");
            Assert.Equal("Timestamp<NANOSECOND, UTC>", columns.GetProperty("venue_time").GetProperty("type").GetString());
            Assert.Equal(events.Select(e => Text(e.Header.VenueTime.Nanoseconds)), Values(columns, "venue_time"));
            Assert.Equal(events.Select(e => Text(e.Header.ReceivedTime.Nanoseconds)), Values(columns, "received_time"));
            if (kind == TickKind.Quotes) Assert.Equal(events.Select(e => Text(e.Quote.AskSize.Raw)), Values(columns, "ask_size"));
            if (kind == TickKind.Trades) Assert.Equal(events.Select(e => Text((long)e.Trade.Aggressor)), Values(columns, "aggressor"));
            if (kind == TickKind.Book) Assert.Equal(events.Select(e => Text(e.BookDelta.OrderId)), Values(columns, "order_id"));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    public void Files_of_apache_arrow_for_javascript_are_read(string compression)
    {
        const int Rows = 7001;
        string script = Script();
        using TemporaryFolder folder = new();
        string path = folder.File("quotes.arrow");
        Node(script, "write", path, compression, Text(Rows));
        MarketEvent[] events = TickData.ReadFile(path, TickKind.Quotes, 100);
        Assert.Equal(Rows, events.Length);
        Assert.Equal(compression == "lz4" ? TickCompression.Lz4 : TickCompression.None, TickFile.Open(path, TickKind.Quotes).Compression);
        for (int i = 0; i < Rows; i++)
        {
            QuoteTick quote = events[i].Quote;
            Assert.Equal(1_709_562_600_000_000_000 + (i * 1000L), quote.VenueTime.Nanoseconds);
            Assert.Equal((10_000 + i) * 10_000_000L, quote.Bid.Raw);
            Assert.Equal((10_001 + i) * 10_000_000L, quote.Ask.Raw);
            Assert.Equal(Quantity.FromUnits(i % 7), quote.BidSize);
            Assert.Equal(Quantity.FromUnits(i % 5), quote.AskSize);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string?> Values(JsonElement columns, string name) =>
        columns.GetProperty(name).GetProperty("values").EnumerateArray().Select(v => v.GetString());

    /// <summary>The script beside its installed packages, or a skip that says what to install.</summary>
    private static string Script()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MiniTrader.sln"))) root = root.Parent;
        Assert.SkipWhen(root is null, "The tests do not run inside a checkout, where the script is.");
        string folder = Path.Combine(root!.FullName, "tests", "MiniTrader.Tests", "TickStore", "Interop");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "apache-arrow")),
            $"The package apache-arrow is not installed; run npm install in {folder}.");
        return Path.Combine(folder, "interop.mjs");
    }

    private static string Node(params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no node on this machine.");
            throw;
        }

        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return output;
        }
    }
}
