using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>
/// Message types as numbers: the characters of tag 35, the first in the lowest byte, so that a <c>switch</c> is over constants. Up to eight
/// characters; zero stands for none.
/// </summary>
public static class MsgTypes
{
    public const ulong Heartbeat = '0';
    public const ulong TestRequest = '1';
    public const ulong ResendRequest = '2';
    public const ulong Reject = '3';
    public const ulong SequenceReset = '4';
    public const ulong Logout = '5';
    public const ulong Logon = 'A';
    public const ulong XmlMessage = 'n';

    public const ulong News = 'B';
    public const ulong BusinessMessageReject = 'j';

    public const ulong NewOrderSingle = 'D';
    public const ulong OrderCancelRequest = 'F';
    public const ulong OrderCancelReplaceRequest = 'G';
    public const ulong OrderStatusRequest = 'H';
    public const ulong ExecutionReport = '8';
    public const ulong OrderCancelReject = '9';
    public const ulong OrderMassCancelRequest = 'q';
    public const ulong OrderMassCancelReport = 'r';
    public const ulong OrderMassStatusRequest = 'A' | ((ulong)'F' << 8);

    public const ulong RequestForPositions = 'A' | ((ulong)'N' << 8);
    public const ulong RequestForPositionsAck = 'A' | ((ulong)'O' << 8);
    public const ulong PositionReport = 'A' | ((ulong)'P' << 8);
    public const ulong TradeCaptureReportRequest = 'A' | ((ulong)'D' << 8);

    public const ulong MarketDataRequest = 'V';
    public const ulong MarketDataSnapshot = 'W';
    public const ulong MarketDataIncrementalRefresh = 'X';
    public const ulong MarketDataRequestReject = 'Y';
    public const ulong QuoteRequest = 'R';
    public const ulong SecurityDefinition = 'd';
    public const ulong SecurityStatus = 'f';
    public const ulong TradingSessionStatusRequest = 'g';
    public const ulong TradingSessionStatus = 'h';
    public const ulong SecurityListRequest = 'x';
    public const ulong SecurityList = 'y';

    /// <summary>The number of a type's text; zero when it is empty, longer than eight characters, or holds a NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(ReadOnlySpan<byte> text) => text.Length == 1 ? text[0] : PackLong(text);

    /// <summary>The number of characters of a type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ulong type) => (71 - BitOperations.LeadingZeroCount(type)) >> 3;

    /// <summary>The characters of a type, for messages to people.</summary>
    public static string Text(ulong type)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, type);
        return System.Text.Encoding.Latin1.GetString(bytes[..Length(type)]);
    }

    /// <summary>Session-level types: Heartbeat, TestRequest, ResendRequest, Reject, SequenceReset, Logout, Logon.</summary>
    public static bool IsAdmin(ulong type) => type is (>= Heartbeat and <= Logout) or Logon;

    private static ulong PackLong(ReadOnlySpan<byte> text)
    {
        if (text.Length > 8) return 0;
        ulong type = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == 0) return 0;
            type = (type << 8) | text[i];
        }

        return type;
    }
}
