using System.Runtime.Intrinsics;

namespace MiniTrader.TickStore;

/// <summary>Passes over a batch's time columns, once when the batch is entered, so that the loop over its rows need not look.</summary>
internal static unsafe class TimeOrder
{
    /// <summary>True when no venue time and no received time is before the one ahead of it, and nothing was received before its venue time.</summary>
    public static bool AreOrdered(long* venue, long* received, long rows)
    {
        if (venue == received) return FirstDescent(venue, rows) < 0;
        if (rows > 0 && received[0] < venue[0]) return false;
        long i = 1;

        // SAFETY: as in FirstDescent.
        for (; i + Vector256<long>.Count <= rows; i += Vector256<long>.Count)
        {
            Vector256<long> sent = Vector256.Load(venue + i), heard = Vector256.Load(received + i);
            Vector256<long> wrong = Vector256.LessThan(sent, Vector256.Load(venue + i - 1)) | Vector256.LessThan(heard, Vector256.Load(received + i - 1)) | Vector256.LessThan(heard, sent);
            if (wrong != Vector256<long>.Zero) return false;
        }

        for (; i < rows; i++)
        {
            if (venue[i] < venue[i - 1] || received[i] < received[i - 1] || received[i] < venue[i]) return false;
        }

        return true;
    }

    /// <summary>The first row that is earlier than the row ahead of it, or −1.</summary>
    public static long FirstDescent(long* times, long rows)
    {
        long i = 1;

        // SAFETY: both loads stay inside the rows: i - 1 + 4 and i + 4 are not above rows.
        for (; i + Vector256<long>.Count <= rows; i += Vector256<long>.Count)
        {
            if (Vector256.LessThanAny(Vector256.Load(times + i), Vector256.Load(times + i - 1))) break;
        }

        for (; i < rows; i++)
        {
            if (times[i] < times[i - 1]) return i;
        }

        return -1;
    }

    /// <summary>The first row whose received time is before its venue time, or −1.</summary>
    public static long FirstReceivedEarly(long* venue, long* received, long rows)
    {
        long i = 0;
        for (; i + Vector256<long>.Count <= rows; i += Vector256<long>.Count)
        {
            if (Vector256.LessThanAny(Vector256.Load(received + i), Vector256.Load(venue + i))) break;
        }

        for (; i < rows; i++)
        {
            if (received[i] < venue[i]) return i;
        }

        return -1;
    }

    public static long Max(long* times, long rows)
    {
        long max = long.MinValue;
        for (long i = 0; i < rows; i++) max = Math.Max(max, times[i]);
        return max;
    }

    /// <summary>Writes each time, or the greatest before it (<paramref name="floor"/> included) where that is later.</summary>
    public static void Clamp(long* times, long rows, long floor, long* target)
    {
        for (long i = 0; i < rows; i++)
        {
            floor = Math.Max(floor, times[i]);
            target[i] = floor;
        }
    }

    /// <summary>The first of <paramref name="rows"/> ordered times plus <paramref name="shift"/> that is not before <paramref name="time"/>; rows when all are.</summary>
    public static long LowerBound(long* times, long rows, long shift, long time)
    {
        long low = 0, high = rows;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (times[middle] + shift < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
