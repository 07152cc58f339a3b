using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>What works of one owner on one instrument: the sums that risk limits are judged by; and what has been booked.</summary>
public struct Exposure
{
    /// <summary>Working orders, those not yet accepted included.</summary>
    public int Orders;

    /// <summary>What the working buy orders could still fill, those that only reduce a position not counted.</summary>
    public Quantity Buying;

    /// <summary>What the working sell orders could still fill, those that only reduce a position not counted.</summary>
    public Quantity Selling;

    /// <summary>Of a strategy: the sum of its fills and of all else that changed its quantity, which its position must be.</summary>
    internal Quantity Booked;

    /// <summary>First and last slot of the list of working orders; −1 when there is none.</summary>
    internal int First;
    internal int Last;
}
