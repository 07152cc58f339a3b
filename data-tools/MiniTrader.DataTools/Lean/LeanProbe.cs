using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The first lines of a CSV, kept so that they are read once, and the finest decimals of their prices.</summary>
internal sealed class LeanProbe
{
    private LeanProbe()
    {
    }

    public List<byte[]> Lines { get; } = [];

    public int FinestDecimals { get; private set; }

    /// <summary>True when the file ended inside these lines, without a line end.</summary>
    public bool IsOpen { get; private set; }

    public static LeanProbe Read(LineReader reader, LeanFile file, int rows)
    {
        LeanProbe probe = new();
        RowFields fields = new();
        while (probe.Lines.Count < rows && reader.TryRead(out ReadOnlySpan<byte> line))
        {
            probe.Lines.Add(line.ToArray());
            probe.IsOpen = reader.IsOpen;
            if (fields.TrySplit(line)) probe.Look(line, fields, file);
        }

        return probe;
    }

    private void Look(ReadOnlySpan<byte> line, RowFields fields, LeanFile file)
    {
        ReadOnlySpan<int> prices = PriceColumns(file, fields.Count);
        foreach (int column in prices)
        {
            if (column < fields.Count) FinestDecimals = Math.Max(FinestDecimals, Math.Min(NumberText.DecimalsOf(fields.Of(line, column)), FixedPoint.Decimals));
        }
    }

    private static ReadOnlySpan<int> PriceColumns(LeanFile file, int columns)
    {
        if (file.Resolution != LeanResolution.Tick) return columns > 6 ? [1, 2, 3, 4, 6, 7, 8, 9] : [1, 2, 3, 4];
        if (file.Content != LeanContent.Quote) return [1];
        return columns > 3 ? [1, 3] : [1, 2];
    }
}
