using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The types of a LOBSTER message.</summary>
internal enum LobsterType : byte
{
    None = 0,
    Submission = 1,

    /// <summary>Part of an order is taken back.</summary>
    Cancellation = 2,
    Deletion = 3,
    Execution = 4,
    HiddenExecution = 5,
    CrossTrade = 6,

    /// <summary>Price −1: halt; 0: quotes again; 1: trades again.</summary>
    Halt = 7,
}

/// <summary>One row of a message file: seconds after midnight, type, order id, size, price in 1e-4, direction of the order.</summary>
internal readonly record struct LobsterRow(long Nanoseconds, LobsterType Type, long OrderId, long Size, long Price, OrderSide Side)
{
    /// <summary>Null, or what is wrong with the row.</summary>
    public static string? Read(ReadOnlySpan<byte> line, out LobsterRow row)
    {
        row = default;
        Span<long> numbers = stackalloc long[6];
        if (!LobsterNumbers.TryRead(line, numbers, isFirstDecimal: true)) return "it is not time, type, order id, size, price and direction";
        (long time, long type, long id, long size, long price, long direction) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        if (time is < 0 or >= Timestamp.NanosecondsPerDay) return "its time is not within a day";
        if (type is < 1 or > 7) return "its type is not 1 to 7";
        if (direction is not (1 or -1)) return "its direction is neither 1 nor −1";
        if (type != (long)LobsterType.Halt)
        {
            if (size <= 0) return "its size is not above zero";
            if (size > int.MaxValue) return "its size is beyond 2^31 shares";
            if (price is <= 0 or > ItchRules.MaxPrice) return "its price is not between zero and 200,000 dollars";
            if (type <= (long)LobsterType.Execution && id <= 0) return "its order id is not above zero";
        }
        else if (price is < -1 or > 1) return "its halt is neither −1, 0 nor 1";

        row = new(time, (LobsterType)type, id, size, price, direction == 1 ? OrderSide.Buy : OrderSide.Sell);
        return null;
    }
}

/// <summary>Rows of whole numbers with commas between.</summary>
internal static class LobsterNumbers
{
    /// <summary>False when there are not as many numbers as asked for. A decimal first one is read in 1e-9.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, Span<long> numbers, bool isFirstDecimal)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int comma = line.IndexOf((byte)',');
            if (comma < 0 != (i == numbers.Length - 1)) return false;
            ReadOnlySpan<byte> cell = comma < 0 ? line : line[..comma];
            bool isRead = i == 0 && isFirstDecimal
                ? NumberText.TryParse(cell, out numbers[i]) is FixedPointStatus.Ok or FixedPointStatus.TooPrecise
                : NumberText.TryParseWhole(cell, out numbers[i]);
            if (!isRead) return false;
            line = line[(comma + 1)..];
        }

        return true;
    }
}
