using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// The best prices of both sides and what is displayed there, in the order of a quote's payload, so that it moves as one vector.
/// <code>
/// 0        8        16       24       32
/// +--------+--------+--------+--------+
/// | bid    | ask    | bidsize| asksize|
/// +--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
public struct TopOfBook
{
    /// <summary>Best bid; says nothing while its size is zero.</summary>
    public Price Bid;

    /// <summary>Best ask; says nothing while its size is zero.</summary>
    public Price Ask;

    /// <summary>Zero when nobody bids.</summary>
    public Quantity BidSize;

    /// <summary>Zero when nobody offers.</summary>
    public Quantity AskSize;
}
