using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// A delay that now and then takes longer: <c>spikes(base=250us,chance=0.001,extra=5ms..20ms)</c>. Each message draws from the base;
/// with the chance it draws an extra delay on top. Messages behind a late one are held back with it, as on a stalled link.
/// </summary>
/// <param name="Base">Usual delay; any model but another one with spikes.</param>
/// <param name="Chance">Of a spike, for each message; 0 to 1.</param>
/// <param name="Extra">On top of the base.</param>
internal sealed record LatencySpikes(LatencyModel Base, decimal Chance, LatencyModel Extra)
{
    // Compared with 64 uniform bits: an integer, so that no rounding decides.
    private readonly ulong _threshold = Chance >= 1 ? ulong.MaxValue : (ulong)(Chance * ulong.MaxValue);

    public LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random)
    {
        LatencyDraw usual = Base.Draw(leg, at, ref random);
        if (random.NextUInt64() >= _threshold && Chance < 1) return usual;
        return usual with { Nanoseconds = Math.Min(usual.Nanoseconds + Extra.Draw(leg, at, ref random).Nanoseconds, Duration.MaxNanoseconds) };
    }

    public static LatencySpikes Parse(string inside)
    {
        Dictionary<string, string> pairs = ModelText.Pairs(inside, "base", "chance", "extra");
        if (pairs.Count != 3) throw new FormatException("Spikes need base, chance and extra, as in spikes(base=250us,chance=0.001,extra=5ms..20ms).");
        LatencyModel usual = LatencyModel.Parse(pairs["base"]), extra = LatencyModel.Parse(pairs["extra"]);
        if (usual.Kind == LatencyKind.Spikes || extra.Kind is LatencyKind.Spikes or LatencyKind.Recorded)
            throw new FormatException("Spikes stand on one base and add one plain delay; neither may have spikes of its own, and the extra delay is not recorded.");
        return new(usual, ModelText.Number(pairs["chance"], "chance", 0, 1), extra);
    }

    public override string ToString() => $"spikes(base={Base},chance={ModelText.Write(Chance)},extra={Extra})";
}
