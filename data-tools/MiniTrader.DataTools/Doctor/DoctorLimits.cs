namespace MiniTrader.DataTools;

/// <summary>What counts as a finding.</summary>
public sealed record DoctorLimits
{
    public double GapMinutes { get; init; } = 15;

    public double BreakMinutes { get; init; } = 180;

    /// <summary>Relative move between two rows.</summary>
    public double Outlier { get; init; } = 0.1;

    /// <summary>Places of each finding that are kept.</summary>
    public int Examples { get; init; } = 3;

    /// <exception cref="ImportException">A limit makes no sense.</exception>
    public DoctorLimits Validated()
    {
        if (!(GapMinutes > 0 && GapMinutes < 1e6)) throw new ImportException("--gap-minutes must be above zero.");
        if (!(BreakMinutes >= GapMinutes && BreakMinutes < 1e6)) throw new ImportException("--break-minutes must not be below --gap-minutes.");
        if (!(Outlier > 0)) throw new ImportException("--outlier must be above zero, such as 0.1 for a tenth.");
        return Examples is >= 0 and <= 100_000 ? this : throw new ImportException("--examples must be 0 to 100000.");
    }
}
