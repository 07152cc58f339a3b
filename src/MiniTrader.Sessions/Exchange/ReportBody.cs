using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>What an execution report says beside the order's own state; lives only while it is written.</summary>
internal ref struct ReportBody
{
    /// <summary>ExecType (150); an order status is <c>I</c>.</summary>
    public required char ExecType;

    public ReadOnlySpan<byte> ClOrdId;
    public ReadOnlySpan<byte> OrigClOrdId;
    public Price LastPrice;
    public Quantity LastQuantity;
    public Price Fee;
    public LiquiditySide Liquidity;
    public ReadOnlySpan<byte> Text;

    /// <summary>OrdRejReason (103); written with a rejected order only.</summary>
    public int RejectReason;

    /// <summary>ExecRestatementReason (378) of a restated order.</summary>
    public int RestatementReason;

    /// <summary>OrdStatusReqID (790) or MassStatusReqID (584) of the question.</summary>
    public ReadOnlySpan<byte> RequestId;

    /// <summary>Reports promised in answer to a mass status request; zero for no such request.</summary>
    public int TotalReports;

    public bool IsLastReport;

    public readonly bool IsStatus => ExecType == 'I';
}
