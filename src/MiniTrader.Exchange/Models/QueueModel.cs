using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The families of queue position models.</summary>
public enum QueueKind : byte
{
    /// <summary>Only trades move us forward; cancellations are all assumed to be behind us.</summary>
    RiskAverse,

    /// <summary>p = Bᵏ / (Bᵏ + Fᵏ).</summary>
    Power,

    /// <summary>p = ln(1+B) / (ln(1+B) + ln(1+F)).</summary>
    Log,

    /// <summary>p = Bᵏ / (B+F)ᵏ.</summary>
    Power2,

    /// <summary>p = ln(1+B) / ln(1+B+F).</summary>
    Log2,

    /// <summary>p = 1 − (F / (F+B))ᵏ.</summary>
    Power3,

    /// <summary>The true queue, where the data has single orders; risk-averse elsewhere.</summary>
    Fifo,

    /// <summary>p by the user's own code.</summary>
    Custom,
}

/// <summary>
/// How the quantity ahead of a resting order, F, shrinks where the data shows levels but not who stands in them. B is what is behind us,
/// displayed − F; T what traded at the price since the level last changed; p the chance that a decrease was behind us.
/// <para>A trade of v at the price: F −= v, T += v.</para>
/// <para>
/// The level goes from m to n: <b>risk-averse</b> F = min(F, n). The probabilistic ones: c = m − n − T, then T = 0. What is cancelled
/// is c; below zero the level grew and F = min(F, n). Else F = F − (1−p)·c + min(B − p·c, 0), not above n and not below zero, rounded up.
/// The form is that of hftbacktest's probability queue models, power and log that of Rigtorp, "Estimating order queue position" (2013).
/// Quantities in p are in whole units, not lots.
/// </para>
/// On single orders (L3) nothing is estimated, whichever model is chosen. A value, so that an update is one switch and no call through
/// an interface.
/// </summary>
/// <param name="Kind">The family.</param>
/// <param name="Power">k of the power families, above zero and at most 64; zero elsewhere.</param>
public readonly record struct QueueModel(QueueKind Kind, decimal Power = 0)
{
    /// <summary>F of an order whose level nobody has displayed yet: no trade at its price reaches it.</summary>
    internal const long UnknownAhead = long.MaxValue;

    private const string Family = "probabilistic:";

    private readonly double _power = (double)Power;

    private CustomQueue? Own { get; init; }

    public static QueueModel RiskAverse => default;

    /// <summary>A chance p of the user's own. Its text does not read back: such a run is repeated from code.</summary>
    public static QueueModel Custom(CustomQueue model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(QueueKind.Custom) { Own = model };
    }

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no queue model.</summary>
    public static QueueModel Parse(string text)
    {
        string word = text?.Trim() ?? "";
        if (word == "risk-averse") return RiskAverse;
        if (word == "fifo") return new(QueueKind.Fifo);
        if (word.StartsWith(Family, StringComparison.Ordinal))
        {
            string law = word[Family.Length..];
            if (law == "log") return new(QueueKind.Log);
            if (law == "log2") return new(QueueKind.Log2);
            if (TryPower(law, "power", out decimal power)) return new(QueueKind.Power, power);
            if (TryPower(law, "power2", out power)) return new(QueueKind.Power2, power);
            if (TryPower(law, "power3", out power)) return new(QueueKind.Power3, power);
        }

        throw new FormatException(
            $"'{text}' is not a queue model. Write risk-averse, fifo, probabilistic:log, probabilistic:log2, or probabilistic:power(K), power2(K) or power3(K) with K above 0 and at most 64.");
    }

    /// <summary>F after a trade of <paramref name="size"/> at the price.</summary>
    internal static long AfterTrade(long ahead, long size) => ahead == UnknownAhead ? ahead : Math.Max(0, ahead - size);

    /// <summary>F after a level that showed something else, or of which nothing was known, shows <paramref name="displayed"/>.</summary>
    internal static long AfterLevel(long ahead, long displayed) => Math.Min(ahead, displayed);

    /// <summary>F after the level went from <paramref name="before"/> to <paramref name="now"/>, of which <paramref name="traded"/> were trades.</summary>
    internal long AfterLevel(long ahead, long before, long now, long traded)
    {
        if (Kind is QueueKind.RiskAverse or QueueKind.Fifo || ahead >= before) return Math.Min(ahead, now);
        long cancelled = before - now - traded;
        if (cancelled <= 0 || now == 0) return Math.Min(ahead, now);
        double behind = before - ahead, front = ahead;
        double p = ChanceBehind(front * 1e-9, behind * 1e-9);
        double estimate = front - ((1 - p) * cancelled) + Math.Min(behind - (p * cancelled), 0);

        // What is not a number, or beyond what can be, must not move us: neither to the back nor to the front.
        if (!(estimate > 0)) return double.IsNaN(estimate) ? Math.Min(ahead, now) : 0;
        return estimate >= now ? Math.Min(ahead, now) : Math.Min(ahead, (long)Math.Ceiling(estimate));
    }

    /// <summary>p for F and B in whole units.</summary>
    internal double ChanceBehind(double front, double behind)
    {
        double p = Kind switch
        {
            QueueKind.Power => Ratio(PortableMath.Pow(behind, _power), PortableMath.Pow(front, _power)),
            QueueKind.Log => Ratio(PortableMath.Log(1 + behind), PortableMath.Log(1 + front)),
            QueueKind.Power2 => PortableMath.Pow(behind / (behind + front), _power),
            QueueKind.Log2 => PortableMath.Log(1 + behind) / PortableMath.Log(1 + behind + front),
            QueueKind.Power3 => 1 - PortableMath.Pow(front / (front + behind), _power),
            QueueKind.Custom when Own is not null => Own.ChanceBehind(front, behind),
            _ => 1,
        };
        return double.IsNaN(p) ? 1 : Math.Clamp(p, 0, 1);
    }

    public override string ToString() => Kind switch
    {
        QueueKind.RiskAverse => "risk-averse",
        QueueKind.Fifo => "fifo",
        QueueKind.Log => Family + "log",
        QueueKind.Log2 => Family + "log2",
        QueueKind.Custom => $"custom({Own?.GetType().Name})",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Family}{Kind.ToString().ToLowerInvariant()}({Power})"),
    };

    private static double Ratio(double behind, double front) => behind / (behind + front);

    private static bool TryPower(string law, string name, out decimal power)
    {
        power = 0;
        return law.Length > name.Length + 2 && law.StartsWith(name + "(", StringComparison.Ordinal) && law[^1] == ')'
            && decimal.TryParse(law.AsSpan(name.Length + 1, law.Length - name.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out power)
            && power is > 0 and <= 64;
    }
}
