using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports LEAN zips, and the splits and dividends of factor files: files, or folders that are searched. What a file holds is read from its path,
/// so the folders above it must be LEAN's. One zip entry is read at a time, in bounded memory.
/// </summary>
public sealed class LeanImporter(LeanOptions options)
{
    /// <summary>Rows of an entry that are looked at for the finest decimals of its prices.</summary>
    private const int ProbeRows = 2_000;

    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        IReadOnlyList<LeanFile> files = LeanSearch.Find(paths, run);
        MarketHoursFile hours = LeanSearch.HoursFor(options, paths, files, run);
        LeanInstruments instruments = new(LeanSearch.PropertiesFor(options, paths, files, run));
        foreach (LeanFile file in files)
        {
            FileAccount account = run.Begin(file.Path);
            (ZoneClock clock, string source) = hours.ClockOf(file);
            run.Remark(source);
            ImportFile(run, file, account, instruments, clock, hours);
            run.End(account);
        }

        LeanSearch.RemarkFactors(paths, files, run);
        foreach (string path in LeanSearch.FindFactors(paths)) ImportFactors(run, path, hours, instruments);
    }

    private void ImportFactors(ImportRun run, string path, MarketHoursFile hours, LeanInstruments instruments)
    {
        LeanFile named = LeanFactors.FileOf(path, Path.GetFileNameWithoutExtension(path));
        FileAccount account = run.Begin(path);
        (ZoneClock clock, string source) = hours.ClockOf(named);
        run.Remark(source);
        LeanMap map = LeanMap.Beside(path);
        if (map.Renames is { } renames) run.Remark(renames);
        LeanFactors factors = new(run.Sink, account, clock, day => InstrumentOf(run, LeanFactors.FileOf(path, map.SymbolOn(day)), null, 0, instruments));
        foreach (SourcePart part in SourceFile.Parts(path, run)) factors.Read(part);
        run.End(account);
    }

    private void ImportFile(ImportRun run, LeanFile file, FileAccount account, LeanInstruments instruments, ZoneClock clock, MarketHoursFile hours)
    {
        foreach (SourcePart part in SourceFile.Parts(file.Path, run))
        {
            LeanContract? contract = null;
            if (file.HasContracts)
            {
                contract = LeanContract.FromEntry(file.Symbol, part.Entry)
                    ?? throw new ImportException($"{part.Name}: the name does not end with a contract's expiry (and strike), as LEAN's do.");
            }

            LineReader lines = new(part.Stream, part.Name);
            LeanProbe probe = LeanProbe.Read(lines, file, ProbeRows);
            Instrument instrument = InstrumentOf(run, file, contract, probe.FinestDecimals, instruments);
            if (hours.CalendarOf(file, options.Hours, run) is { } calendar) run.Sink.SetCalendar(instrument, calendar);
            if (file.Class is "forex" or "cfd" && file.Resolution == LeanResolution.Tick)
                run.Remark($"{file.Class} quotes have no sizes; each side is given {options.SizeOfUnsized}");
            LeanRows rows = RowsOf(new() { File = file, Instrument = instrument, Clock = clock, Sink = run.Sink, Account = account, Options = options });
            ReadRows(rows, probe, lines, account, part.Name);
        }
    }

    private static void ReadRows(LeanRows rows, LeanProbe probe, LineReader lines, FileAccount account, string name)
    {
        long line = 0;
        foreach (byte[] text in probe.Lines) CountRow(rows, account, name, ++line, text);
        while (lines.TryRead(out ReadOnlySpan<byte> text)) CountRow(rows, account, name, ++line, text);
        account.IsLastLineOpen |= lines.IsOpen || probe.IsOpen;
        rows.Flush();
    }

    private static void CountRow(LeanRows rows, FileAccount account, string name, long line, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) account.Count(RowOutcome.LeftOut("blank line"), name, line, text);
        else account.Count(rows.Read(text), name, line, text);
    }

    private Instrument InstrumentOf(ImportRun run, LeanFile file, LeanContract? contract, int finestDecimals, LeanInstruments instruments)
    {
        Instrument made = instruments.Create(file, contract, finestDecimals, out string remark);
        if (_instruments.TryGetValue(made.Name, out Instrument? known)) return known;
        run.Remark(remark);
        if (contract is { Expiry: null }) run.Remark($"{file.Symbol} contracts are named by month only: their expiry day is unknown");
        run.Sink.Register(made);
        return _instruments[made.Name] = made;
    }

    private static LeanRows RowsOf(LeanRowsContext context) => (context.File.Resolution, context.File.Content) switch
    {
        (LeanResolution.Tick, LeanContent.Quote) => new LeanQuoteTicks(context),
        (LeanResolution.Tick, _) => new LeanTradeTicks(context),
        _ => new LeanBars(context),
    };
}
