using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// A first pass over the files of an import: their definitions, and the step of each instrument's prices. Damage is passed over
/// here; the second pass says it.
/// </summary>
internal sealed class DbnProbe
{
    /// <summary>Changes of price from which on their common step is taken for the tick.</summary>
    private const int ManyChanges = 256;

    private readonly Dictionary<(ushort Publisher, uint Id), Step> _steps = [];
    private (ushort, uint) _lastKey;
    private Step _last = new();

    /// <summary>
    /// The greatest step that all prices seen are multiples of; with few prices the greatest power of ten of that kind, because a
    /// few prices may share a step that is too coarse.
    /// </summary>
    public long StepOf(ushort publisher, uint id)
    {
        if (!_steps.TryGetValue((publisher, id), out Step? step) || step.Common == 0) return 0;
        if (step.Changes >= ManyChanges) return step.Common;
        long power = 1;
        while (power < FixedPoint.One && step.Common % (power * 10) == 0) power *= 10;
        return power;
    }

    public void Read(string path, DbnInstruments instruments)
    {
        foreach (SourcePart part in SourceFile.Parts(path, new ImportRun(NullSink.Instance)))
        {
            DbnReader reader = DbnFiles.Open(part);
            while (reader.TryRead(out ReadOnlySpan<byte> record, out string? wrong))
            {
                if (wrong is null) Look(record, reader.Metadata, instruments);
            }
        }
    }

    private void Look(ReadOnlySpan<byte> record, DbnMetadata metadata, DbnInstruments instruments)
    {
        ref readonly DbnHeader header = ref DbnReader.As<DbnHeader>(record);
        switch ((DbnType)header.Type)
        {
            case DbnType.Definition:
                instruments.Define(header.Instrument, DbnDefinition.Read(record, DbnVenues.NameOf(header.Publisher, metadata.Dataset)));
                break;
            case DbnType.Mbo:
                See(header, DbnReader.As<DbnMboRecord>(record).Price);
                break;
            case DbnType.Trade:
                See(header, DbnReader.As<DbnPriceRecord>(record).Price);
                break;
            case DbnType.Ohlcv1S or DbnType.Ohlcv1M or DbnType.Ohlcv1H or DbnType.Ohlcv1D:
                See(header, DbnReader.As<DbnBarRecord>(record).High);
                See(header, DbnReader.As<DbnBarRecord>(record).Low);
                break;
            case DbnType.Mbp1 or DbnType.Mbp10 or DbnType.Bbo1S or DbnType.Bbo1M or DbnType.Cmbp1 or DbnType.Cbbo1S or DbnType.Cbbo1M or DbnType.Tcbbo:
                ref readonly DbnLevel level = ref DbnReader.As<DbnLevel>(record[DbnPriceRecord.Size..]);
                See(header, level.Bid);
                See(header, level.Ask);
                break;
        }
    }

    private void See(in DbnHeader header, long price)
    {
        if (price == DbnFormat.UndefinedPrice || price == long.MinValue) return;
        (ushort, uint) key = (header.Publisher, header.Instrument);
        if (key != _lastKey || _steps.Count == 0)
        {
            if (!_steps.TryGetValue(key, out Step? step)) _steps[key] = step = new();
            (_lastKey, _last) = (key, step);
        }

        _last.See(price);
    }

    /// <summary>What the prices of one instrument have in common.</summary>
    private sealed class Step
    {
        private long _price;

        public long Common { get; private set; }

        public int Changes { get; private set; }

        public void See(long price)
        {
            if (price == _price) return;
            _price = price;
            if (Changes < ManyChanges) Changes++;
            if (Common != 0 && price % Common == 0) return;
            (long a, long b) = (Common, Math.Abs(price));
            while (b != 0) (a, b) = (b, a % b);
            Common = a;
        }
    }
}
