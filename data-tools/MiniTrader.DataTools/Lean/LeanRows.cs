using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>What the rows of one CSV share: where they go, their clock, their scale.</summary>
public sealed record LeanRowsContext
{
    public required LeanFile File { get; init; }

    public required Instrument Instrument { get; init; }

    public required ZoneClock Clock { get; init; }

    public required IEventSink Sink { get; init; }

    public required FileAccount Account { get; init; }

    public required LeanOptions Options { get; init; }
}

/// <summary>Reads the rows of one CSV inside a LEAN zip. One subclass for each layout.</summary>
public abstract class LeanRows
{
    private const long RawPerScaled = 10_000;
    private const long RawPerMillisecondNanosecond = FixedPoint.One / Timestamp.NanosecondsPerMillisecond;

    private readonly long _midnight;

    protected LeanRows(LeanRowsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
        Partition = context.File.Date ?? default;
        _midnight = MidnightOf(Partition);
    }

    protected LeanRowsContext Context { get; }

    protected RowFields Fields { get; } = new();

    protected DateOnly Partition { get; }

    /// <summary>Reads one row and stores what is in it.</summary>
    public abstract RowOutcome Read(ReadOnlySpan<byte> line);

    /// <summary>Hands on what is buffered; after the last row.</summary>
    public abstract void Flush();

    /// <summary>Futures have traded below zero, as oil did; nothing else here can.</summary>
    protected bool MayBeNegative => Context.File.Class is "future" or "futureoption" or "index";

    protected static long MidnightOf(DateOnly date) => (date.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * Timestamp.NanosecondsPerDay;

    /// <summary>Reads milliseconds since midnight, with decimals allowed, to UTC; returns a reason or null.</summary>
    protected string? ReadTime(ReadOnlySpan<byte> text, Timestamp last, out Timestamp utc)
    {
        utc = default;
        FixedPointStatus status = NumberText.TryParse(text, out long milliseconds);
        if (status is FixedPointStatus.NotANumber or FixedPointStatus.TooLarge) return "the time is not a number of milliseconds";
        long ofDay = milliseconds / RawPerMillisecondNanosecond;
        if (ofDay is < 0 or >= Timestamp.NanosecondsPerDay) return "the time is outside its day";
        return Context.Clock.TryToUtc(_midnight + ofDay, last, out utc) ? null : $"the time does not exist in {Context.Clock.Zone.Id}";
    }

    /// <summary>Reads a price in the file's scale; rounds what is finer than 1e-9 and notes it.</summary>
    protected bool TryReadPrice(ReadOnlySpan<byte> text, out Price price)
    {
        FixedPointStatus status = NumberText.TryParse(text, out long raw);
        if (status == FixedPointStatus.TooPrecise) Context.Account.Note("prices rounded to 9 decimals");
        if (Context.File.HasScaledPrices)
        {
            if (raw % RawPerScaled != 0 && status == FixedPointStatus.Ok) Context.Account.Note("prices rounded to 9 decimals");
            raw = (raw + (Math.Sign(raw) * RawPerScaled / 2)) / RawPerScaled;
        }

        price = new(raw);
        return status is FixedPointStatus.Ok or FixedPointStatus.TooPrecise;
    }

    /// <summary>Reads a size that is not negative; rounds float noise and notes it.</summary>
    protected bool TryReadSize(ReadOnlySpan<byte> text, out Quantity size)
    {
        FixedPointStatus status = NumberText.TryParse(text, out long raw);
        if (status == FixedPointStatus.TooPrecise) Context.Account.Note("sizes rounded to 9 decimals");
        size = new(raw);
        return status is FixedPointStatus.Ok or FixedPointStatus.TooPrecise && raw >= 0;
    }

    protected bool IsImpossible(Price price) => price.Raw <= 0 && !MayBeNegative;
}
