using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// A user's own slippage, put into options as <see cref="SlippageModel.Custom"/>. Asked once for each fill that takes. Must answer from
/// its argument and its own state alone, so that a run can be repeated. Engine thread only.
/// </summary>
public abstract class CustomSlippage
{
    /// <summary>How far the price moves against the order, not negative; the venue rounds it to the tick that is worse.</summary>
    public abstract Price Distance(in SlippageBasis fill);
}
