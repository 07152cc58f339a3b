namespace MiniTrader.Exchange;

/// <summary>
/// A user's own fees, put into options as <see cref="FeeModel.Custom"/>. Asked once for each fill. Must answer from its argument and
/// its own state alone, so that a run can be repeated. Engine thread only.
/// </summary>
public abstract class CustomFees
{
    /// <summary>What a fill costs in the instrument's currency, negative for a rebate; rounded to nine decimals by the venue.</summary>
    public abstract decimal Of(in FeeBasis fill);
}
