using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>An import that ends between two of its renames: nobody reads the part, and whoever comes next completes it.</summary>
public sealed class CutOffImportTests : IDisposable
{
    private static readonly Instrument[] _shares = [.. new[] { "AAA", "BBB", "CCC" }.Select(s => new Instrument { Symbol = s, Venue = "XTST" })];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The first rename is that of the reference data, the others those of three files.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_part_of_an_import_is_never_read_and_the_next_writer_finishes_it(int renames)
    {
        CutOff(renames);
        string told = Assert.Throws<TickDataException>(() => TickCatalog.Open(_folder.Path)).Message;
        Assert.Contains("was cut off", told, StringComparison.Ordinal);
        Assert.Contains("minitrader-data doctor", told, StringComparison.Ordinal);

        using (CatalogWriter next = new(_folder.Path, TickFileOptions.Default))
        {
            Assert.Equal(4, next.FinishedBefore);
            next.Append(_shares[0] with { Symbol = "DDD" }, Rows(3));
            next.Complete();
        }

        AssertWhole("AAA.XTST", "BBB.XTST", "CCC.XTST", "DDD.XTST");
    }

    [Fact]
    public void An_import_that_is_refused_leaves_nothing_of_it()
    {
        using CatalogWriter late = new(_folder.Path, TickFileOptions.Default);
        foreach (Instrument share in _shares) late.Append(share, Rows(1));
        using (CatalogWriter early = new(_folder.Path, TickFileOptions.Default))
        {
            early.Append(_shares[0] with { Symbol = "ZZZ" }, Rows(1));
            early.Complete();
        }

        string taken = Path.Combine(_folder.Path, "kind=quotes", "venue=XTST", "symbol=CCC", "2024-03-04.arrow");
        File.WriteAllText(taken, "somebody else's");
        Assert.Contains("appeared while it was being written", Assert.ThrowsAny<Exception>(() => late.Complete()).Message, StringComparison.Ordinal);
        late.Dispose();
        File.Delete(taken);
        AssertWhole("ZZZ.XTST");
    }

    [Fact]
    public void A_catalog_that_was_open_before_reads_no_part_either()
    {
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Append(_shares[0], Rows(9));
            writer.Complete();
        }

        TickCatalog open = TickCatalog.Open(_folder.Path);
        CutOff(2, overwrite: true);
        Assert.Contains("was cut off", Assert.Throws<TickDataException>(() => open.FilesOf(open.Series[0])).Message, StringComparison.Ordinal);
        Assert.Equal(4, CatalogWriter.FinishInterrupted(_folder.Path));
        Assert.Equal(0, CatalogWriter.FinishInterrupted(_folder.Path));
        AssertWhole("AAA.XTST", "BBB.XTST", "CCC.XTST");
    }

    [Fact]
    public void A_plan_that_does_not_fit_its_files_is_refused()
    {
        CutOff(1);
        string waiting = Directory.GetFiles(_folder.Path, "*.arrow.tmp", SearchOption.AllDirectories)[0];
        File.AppendAllText(waiting, "more");
        Assert.Contains("Remove import.journal", Finish(), StringComparison.Ordinal);
        File.Delete(waiting);
        Assert.Contains("is gone", Finish(), StringComparison.Ordinal);
        File.WriteAllText(_folder.File("import.journal"), """[ { "from": "../elsewhere", "to": "x.arrow", "bytes": 1 } ]""");
        Assert.Contains("outside of the catalog", Finish(), StringComparison.Ordinal);
        File.WriteAllText(_folder.File("import.journal"), "{ torn");
        Assert.Contains("is not sound", Finish(), StringComparison.Ordinal);

        string Finish() => Assert.Throws<TickDataException>(() => CatalogWriter.FinishInterrupted(_folder.Path)).Message;
    }

    private void CutOff(int renames, bool overwrite = false)
    {
        using CatalogWriter writer = new(_folder.Path, new TickFileOptions { Overwrite = overwrite });
        foreach (Instrument share in _shares) writer.Append(share, Rows(1));
        writer.Placing = _ =>
        {
            if (renames-- == 0) throw new InvalidOperationException("killed");
        };
        Assert.Throws<InvalidOperationException>(() => writer.Complete());
    }

    private void AssertWhole(params string[] names)
    {
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        Assert.Equal(names, catalog.Instruments.Select(i => i.Name));
        Assert.Equal(names, catalog.Series.Select(s => s.Instrument.Name));
        Assert.All(catalog.Series, s => Assert.Equal(100, catalog.FilesOf(s).Sum(f => f.Rows)));
        string[] left = [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".tmp", StringComparison.Ordinal) || f.EndsWith(".journal", StringComparison.Ordinal))];
        Assert.Empty(left);
    }

    private static MarketEvent[] Rows(ulong seed) => TickData.Events(TickKind.Quotes, 100, seed);
}
