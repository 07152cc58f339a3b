using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The words for sides and for the marks of book deltas.</summary>
internal static class SideText
{
    /// <summary>Reads <c>buy</c>, <c>buyer</c>, <c>b</c>, <c>1</c> and <c>sell</c>, <c>seller</c>, <c>s</c>, <c>2</c>, <c>-1</c>; an empty text is an unknown side.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AggressorSide side)
    {
        bool isBuyer = Is(text, "buy"u8) || Is(text, "buyer"u8) || Is(text, "b"u8) || Is(text, "1"u8);
        bool isSeller = Is(text, "sell"u8) || Is(text, "seller"u8) || Is(text, "s"u8) || Is(text, "2"u8) || Is(text, "-1"u8);
        bool isUnknown = text.IsEmpty || Is(text, "unknown"u8) || Is(text, "none"u8) || Is(text, "n"u8) || Is(text, "0"u8);
        side = isBuyer ? AggressorSide.Buyer : isSeller ? AggressorSide.Seller : AggressorSide.Unknown;
        return isBuyer || isSeller || isUnknown;
    }

    public static string Of(OrderSide side) => side switch { OrderSide.Buy => "buy", OrderSide.Sell => "sell", _ => "" };

    /// <summary><c>snapshot</c>, <c>partial</c>, both with a bar between, or nothing.</summary>
    public static string Of(EventFlags flags) => (flags & (EventFlags.Snapshot | EventFlags.Partial)) switch
    {
        EventFlags.Snapshot => "snapshot",
        EventFlags.Partial => "partial",
        EventFlags.None => "",
        _ => "snapshot|partial",
    };

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
