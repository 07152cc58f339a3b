namespace MiniTrader.Fix;

/// <summary>
/// What a broker demands of the settings of a session with it, so that a settings file that cannot work is refused before it connects. Immutable; part of a
/// <see cref="FixDialect"/>.
/// </summary>
public sealed record SessionDemands
{
    public static SessionDemands Nothing { get; } = new();

    /// <summary>Tag 56 in every message; empty where each client is told its own.</summary>
    public string TargetCompId { get; init; } = "";

    /// <summary>Characters of tag 49.</summary>
    public int SenderCompIdLengthMax { get; init; } = int.MaxValue;

    /// <summary>Numbers start from 1 with every connection, which is ResetOnLogon=Y.</summary>
    public bool StartsOver { get; init; }

    public bool HasUsername { get; init; }

    public bool HasPassword { get; init; }

    /// <summary>Seconds.</summary>
    public int HeartBtIntMin { get; init; } = 1;

    /// <summary>Seconds.</summary>
    public int HeartBtIntMax { get; init; } = int.MaxValue;

    /// <summary>Time stamps have exactly the decimals of the dialect, neither more nor fewer.</summary>
    public bool IsPrecisionExact { get; init; }

    /// <summary>The first thing in the settings of an order session that the dialect cannot work with, as a sentence; null when there is none.</summary>
    internal string? WrongIn(SessionSettings settings, FixDialect dialect)
    {
        SessionId id = settings.Id;
        if (id.BeginString != dialect.BeginString) return $"BeginString is {dialect.BeginString}, not {id.BeginString}";
        if (settings.DefaultApplVerId != dialect.DefaultApplVerId) return $"DefaultApplVerID is {dialect.DefaultApplVerId}, not {settings.DefaultApplVerId}";
        if (TargetCompId.Length > 0 && id.TargetCompId != TargetCompId) return $"TargetCompID is {TargetCompId}, not {id.TargetCompId}";
        if (id.SenderCompId.Length > SenderCompIdLengthMax) return $"SenderCompID has at most {SenderCompIdLengthMax} characters, and {id.SenderCompId} has more";
        bool isOfMarketData = dialect.MarketData.TargetSubId.Length > 0 && id.TargetSubId == dialect.MarketData.TargetSubId;
        if (!isOfMarketData && dialect.TargetSubId.Length > 0 && id.TargetSubId != dialect.TargetSubId) return $"TargetSubID is {dialect.TargetSubId}, not '{id.TargetSubId}'";
        string sender = isOfMarketData ? dialect.MarketData.SenderSubId : dialect.SenderSubId;
        if (sender.Length > 0 && id.SenderSubId != sender) return $"SenderSubID is {sender}, not '{id.SenderSubId}'";
        if (StartsOver && !settings.ResetOnLogon) return "ResetOnLogon is Y, because the numbers start from 1 with every connection";
        if (settings.HeartBtInt < HeartBtIntMin || settings.HeartBtInt > HeartBtIntMax) return $"HeartBtInt is from {HeartBtIntMin} to {HeartBtIntMax} seconds, not {settings.HeartBtInt}";
        if (HasUsername && settings.Username is null) return "Username is needed";
        if (HasPassword && settings.Password is null) return "Password is needed";
        if (settings.TimestampPrecision > dialect.TimestampPrecision || (IsPrecisionExact && settings.TimestampPrecision != dialect.TimestampPrecision))
            return $"TimeStampPrecision is {dialect.TimestampPrecision}, not {settings.TimestampPrecision}";
        return null;
    }
}
