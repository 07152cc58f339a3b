namespace MiniTrader.Exchange;

/// <summary>
/// A user's own estimate of where in a queue cancellations happen, put into options as <see cref="QueueModel.Custom"/>. Asked once for each change of
/// a level at which an order of ours rests. Must answer from its arguments alone, so that a run can be repeated. Engine thread only.
/// </summary>
public abstract class CustomQueue
{
    /// <summary>
    /// The chance p, 0 to 1, that a quantity that was cancelled at our price stood behind us; see <see cref="QueueModel"/> for what is made of it. What is
    /// no number counts as 1, and nothing beyond the ends counts for more than they do.
    /// </summary>
    /// <param name="front">Quantity ahead of us, in whole units.</param>
    /// <param name="behind">Quantity behind us, in whole units.</param>
    public abstract double ChanceBehind(double front, double behind);
}
