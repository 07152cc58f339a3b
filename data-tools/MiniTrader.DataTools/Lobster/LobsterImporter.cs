using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports LOBSTER's pairs of files: messages, and the best levels after each. The first row of the orderbook is a snapshot; from there on
/// messages become book deltas of single orders, and each row of the orderbook checks the book that they make.
/// </summary>
public sealed class LobsterImporter(LobsterOptions options)
{
    private readonly ZoneClock _clock = ZoneClock.Find(options.Zone);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (string path in InputFiles.Find(paths, ".csv", ".csv.gz", ".csv.zst"))
        {
            LobsterName name = LobsterName.Read(path)
                ?? throw new ImportException($"{path}: its name is not SYMBOL_2012-06-21_34200000_57600000_message_10.csv, from which symbol, day and depth are read.");
            if (!File.Exists(name.Partner)) throw new ImportException($"{path} has no {Path.GetFileName(name.Partner)} beside it; messages and orderbook are imported together.");
            if (name.IsMessages) ImportPair(run, name);
        }
    }

    private void ImportPair(ImportRun run, LobsterName name)
    {
        FileAccount account = run.Begin(name.Path);
        Instrument instrument = InstrumentOf(name);
        run.Sink.Register(instrument);
        LobsterDay day = new(run, account, name, instrument, new(name.Date, _clock));
        foreach (SourcePart messages in SourceFile.Parts(name.Path, run))
        {
            foreach (SourcePart book in SourceFile.Parts(name.Partner, run)) day.Read(new(messages.Stream, messages.Name), new(book.Stream, book.Name));
        }

        day.Close();
        run.End(account);
    }

    /// <summary>The tick is a cent unless a first look finds a finer price.</summary>
    private Instrument InstrumentOf(LobsterName name)
    {
        const long Cent = 100;
        long tick = Cent;
        foreach (SourcePart part in SourceFile.Parts(name.Path, new(NullSink.Instance)))
        {
            LineReader lines = new(part.Stream, part.Name);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                if (LobsterRow.Read(line, out LobsterRow row) is null && row.Type == LobsterType.Submission && row.Price % tick != 0) tick = row.Price % 10 == 0 ? 10 : 1;
            }
        }

        return new Instrument
        {
            Symbol = name.Symbol,
            Venue = options.Venue,
            AssetClass = AssetClass.Equity,
            Currency = Currency.Usd,
            TickSize = ItchRules.PriceOf((uint)tick),
            LotSize = Quantity.FromUnits(1),
        }.Validated();
    }
}
