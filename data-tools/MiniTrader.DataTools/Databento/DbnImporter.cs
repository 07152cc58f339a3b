using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports Databento's DBN files, versions 1 to 3, plain or packed: orders (mbo) and depth (mbp-10) become book deltas, tops of
/// book quotes, trades trades, ohlcv bars, status status; definitions make instruments. Files are read twice: first for
/// definitions and the step of prices.
/// <para>
/// Both times are kept: <c>ts_event</c> is the venue time, <c>ts_recv</c> the received time. A damaged end or packing is one
/// refused record; what came before it is kept when bad records are skipped.
/// </para>
/// </summary>
public sealed class DbnImporter(DbnOptions options)
{
    /// <summary>With more instruments than this a file is of a whole venue: the blocks of those behind them are short, so that memory stays bounded.</summary>
    private const int FewInstruments = 256;

    private const int LongBlock = 4096, ShortBlock = 256;

    private readonly Dictionary<(ushort Publisher, uint Id), OpenSeries> _series = [];

    /// <summary>By instrument: an id may stand for one symbol today and for another tomorrow, and a symbol for another id.</summary>
    private readonly Dictionary<string, DbnSeries> _byName = new(StringComparer.Ordinal);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(paths);
        IReadOnlyList<string> files = DbnFiles.Find(paths);
        DbnInstruments instruments = new(run, options);
        DbnProbe probe = new();
        foreach (string path in files) probe.Read(path, instruments);
        instruments.RegisterDefinitions();
        foreach (string path in files)
        {
            FileAccount account = run.Begin(path);
            foreach (SourcePart part in SourceFile.Parts(path, run)) ImportPart(run, part, account, instruments, probe);
            run.End(account);
        }
    }

    private void ImportPart(ImportRun run, SourcePart part, FileAccount account, DbnInstruments instruments, DbnProbe probe)
    {
        DbnReader reader = DbnFiles.Open(part);
        instruments.Begin(reader.Metadata);
        foreach (OpenSeries open in _series.Values) open.Until = Timestamp.MinValue;
        ((ushort, uint) lastKey, OpenSeries? last) = (default, null);
        while (reader.TryRead(out ReadOnlySpan<byte> record, out string? wrong))
        {
            RowOutcome outcome = wrong is null ? ReadRecord(record, reader.Metadata) : RowOutcome.Refused(wrong);
            account.CountRecord(outcome, part.Name, reader.Record, reader.Offset, record);
        }

        if (reader.Fault is { } fault) account.CountRecord(RowOutcome.Refused(fault), part.Name, reader.Record, reader.Offset, default);
        if (account.Rows == 0) run.Remark($"{part.Name} has no records");
        foreach (DbnSeries series in _byName.Values) series.Flush();

        RowOutcome ReadRecord(ReadOnlySpan<byte> record, DbnMetadata metadata)
        {
            ref readonly DbnHeader header = ref DbnReader.As<DbnHeader>(record);
            if (OfNoMarket(record, header, instruments) is { } outcome) return outcome;
            if (DbnSeries.TimeOf(record) is not { } time) return RowOutcome.Refused("its time is undefined or beyond the year 2200");
            (ushort, uint) key = (header.Publisher, header.Instrument);
            if (last is null || key != lastKey)
            {
                if (!_series.TryGetValue(key, out last)) _series[key] = last = new();
                lastKey = key;
            }

            if (time >= last.Until || time < last.From) Open(last, header, metadata, time);
            return last.Series!.Store(record, time);
        }

        void Open(OpenSeries open, in DbnHeader header, DbnMetadata metadata, Timestamp time)
        {
            open.From = time.FloorTo(Timestamp.NanosecondsPerDay);
            open.Until = open.From + Timestamp.NanosecondsPerDay;
            string venue = DbnVenues.NameOf(header.Publisher, metadata.Dataset);
            Instrument instrument = instruments.Make(
                instruments.SymbolOf(header.Instrument, venue, time.Date), venue, header.Instrument, probe.StepOf(header.Publisher, header.Instrument));
            if (!_byName.TryGetValue(instrument.Name, out DbnSeries? series)) _byName[instrument.Name] = series = new(run.Sink, instrument, account, _byName.Count < FewInstruments ? LongBlock : ShortBlock);
            series.Account = account;
            open.Series = series;
        }
    }

    /// <summary>Records that are no market data; null for those that are.</summary>
    private static RowOutcome? OfNoMarket(ReadOnlySpan<byte> record, in DbnHeader header, DbnInstruments instruments)
    {
        switch ((DbnType)header.Type)
        {
            case DbnType.Definition: return RowOutcome.Stored;
            case DbnType.SymbolMapping:
                (int symbol, int bytes) = record.Length == 80 ? (38, 22) : (89, 71);
                instruments.Announce(header.Instrument, DbnMetadata.Text(record.Slice(symbol, bytes)));
                return RowOutcome.LeftOut("symbol mapping, used for the records behind it");
            case DbnType.Statistics: return RowOutcome.LeftOut("not imported: statistics");
            case DbnType.Imbalance: return RowOutcome.LeftOut("not imported: imbalance");
            case DbnType.OhlcvEod or DbnType.OhlcvAny: return RowOutcome.LeftOut("not imported: bars of no fixed interval");
            case DbnType.System: return RowOutcome.LeftOut("message of the gateway");
            case DbnType.Error: return RowOutcome.LeftOut("error message of the gateway");
            default: return null;
        }
    }

    /// <summary>A series and the day for which its symbol was looked up.</summary>
    private sealed class OpenSeries
    {
        public DbnSeries? Series { get; set; }

        public Timestamp From { get; set; }

        public Timestamp Until { get; set; } = Timestamp.MinValue;
    }
}
