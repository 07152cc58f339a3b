using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The words for how a trade came about, as tables have them.</summary>
internal static class ConditionText
{
    private static readonly (TradeCondition Condition, string Word)[] _words =
    [
        (TradeCondition.Regular, ""),
        (TradeCondition.Regular, "regular"),
        (TradeCondition.OpeningAuction, "opening-auction"),
        (TradeCondition.ClosingAuction, "closing-auction"),
        (TradeCondition.OtherAuction, "other-auction"),
        (TradeCondition.Hidden, "hidden"),
        (TradeCondition.OffBook, "off-book"),
    ];

    /// <summary>The word of a condition; empty for a regular trade.</summary>
    public static string Of(TradeCondition condition)
    {
        foreach ((TradeCondition known, string word) in _words)
        {
            if (known == condition) return word;
        }

        return "";
    }

    /// <summary>False for a word that is none of ours: venues have codes of their own, and a table may hold those.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TradeCondition condition)
    {
        condition = TradeCondition.Regular;
        foreach ((TradeCondition known, string word) in _words)
        {
            if (!Ascii.EqualsIgnoreCase(text, word)) continue;
            condition = known;
            return true;
        }

        return false;
    }
}
