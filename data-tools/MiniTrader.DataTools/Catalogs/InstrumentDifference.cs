using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>One thing in which what an import says of an instrument is not what the catalog has.</summary>
/// <param name="Field">In words.</param>
/// <param name="Option">The option with which a user says it himself; empty where none does.</param>
/// <param name="Present">What the catalog has.</param>
/// <param name="Imported">What the import says.</param>
public sealed record InstrumentDifference(string Field, string Option, string Present, string Imported)
{
    /// <summary>All differences but the sessions, which imports add to.</summary>
    public static IReadOnlyList<InstrumentDifference> Between(Instrument present, Instrument imported)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(imported);
        InstrumentDifference[] fields =
        [
            new("asset class", "--asset-class", $"{present.AssetClass}", $"{imported.AssetClass}"),
            new("currency", "--currency", $"{present.Currency}", $"{imported.Currency}"),
            new("tick", "--tick", $"{present.TickSize}", $"{imported.TickSize}"),
            new("lot", "--lot", $"{present.LotSize}", $"{imported.LotSize}"),
            new("multiplier", "--multiplier", Text(present.Multiplier), Text(imported.Multiplier)),
            new("expiry", "", Text(present.Expiry), Text(imported.Expiry)),
            new("strike", "", Text(present.Strike), Text(imported.Strike)),
            new("right", "", $"{present.Right}", $"{imported.Right}"),
            new("underlying", "", Text(present.Underlying), Text(imported.Underlying)),
        ];
        return [.. fields.Where(f => f.Present != f.Imported)];
    }

    public override string ToString() => $"{Field} {Present} (here {Imported})";

    private static string Text(object? value) => value switch
    {
        null => "none",

        // 1.0 and 1.00 are one number.
        decimal number => number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
