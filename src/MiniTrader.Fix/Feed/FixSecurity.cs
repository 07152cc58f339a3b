using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>One instrument as a venue's SecurityList (y) or SecurityDefinition (d) describes it. What the message leaves out is null.</summary>
public sealed record FixSecurity
{
    public required string Symbol { get; init; }

    public string? SecurityId { get; init; }

    public string? Description { get; init; }

    public string? Currency { get; init; }

    public string? SecurityType { get; init; }

    public Price? TickSize { get; init; }

    public Quantity? LotSize { get; init; }

    public Quantity? MinQuantity { get; init; }

    public Price? ContractMultiplier { get; init; }

    internal static FixSecurity Read(FieldView fields) => new()
    {
        Symbol = Text(fields, Tags.Symbol) ?? "",
        SecurityId = Text(fields, Tags.SecurityID),
        Description = Text(fields, Tags.SecurityDesc) ?? Text(fields, 1007),
        Currency = Text(fields, Tags.Currency),
        SecurityType = Text(fields, Tags.SecurityType),
        TickSize = Number(fields, Tags.MinPriceIncrement) is long tick ? new Price(tick) : null,
        LotSize = Number(fields, Tags.RoundLot) is long lot ? new Quantity(lot) : null,
        MinQuantity = Number(fields, Tags.MinTradeVol) is long min ? new Quantity(min) : null,
        ContractMultiplier = Number(fields, Tags.ContractMultiplier) is long multiplier ? new Price(multiplier) : null,
    };

    private static string? Text(FieldView fields, int tag) => fields.TryGet(tag, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;

    private static long? Number(FieldView fields, int tag) => fields.GetDecimal(tag, out long raw) == FieldStatus.Ok ? raw : null;
}
