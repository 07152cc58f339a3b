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

    public static LeanProbe Read(LineReader reader, int rows)
    {
        LeanProbe probe = new();
        RowFields fields = new();
        while (probe.Lines.Count < rows && reader.TryRead(out ReadOnlySpan<byte> line))
        {
            probe.Lines.Add(line.ToArray());
            probe.IsOpen = reader.IsOpen;
            if (fields.TrySplit(line) && fields.Count > 1)
                probe.FinestDecimals = Math.Max(probe.FinestDecimals, Math.Min(NumberText.DecimalsOf(fields.Of(line, 1)), Model.FixedPoint.Decimals));
        }

        return probe;
    }
}
