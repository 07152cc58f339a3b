using System.Globalization;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>An order as a broker keeps it.</summary>
internal sealed class BrokerOrder(BrokerMessage request, string orderId)
{
    /// <summary>The request that it came with.</summary>
    public BrokerMessage Request { get; } = request;

    /// <summary>The broker's name of it.</summary>
    public string OrderId { get; } = orderId;

    /// <summary>The client's name of it: that of the order, or of the last replace that was done.</summary>
    public string Name { get; set; } = request[11];

    public decimal Quantity { get; set; } = decimal.Parse(request[38], CultureInfo.InvariantCulture);

    public string Price { get; set; } = request[44];

    public decimal Filled { get; private set; }

    public decimal Leaves => Quantity - Filled;

    /// <summary>What the fills are worth.</summary>
    public decimal Value { get; private set; }

    public decimal Average => Filled == 0 ? 0 : Value / Filled;

    /// <summary>OrdStatus after its fills: new, partly filled, filled.</summary>
    public char Status => Filled == 0 ? '0' : Leaves == 0 ? '2' : '1';

    public void Fill(decimal quantity, decimal price)
    {
        Filled += quantity;
        Value += quantity * price;
    }

    /// <summary>Fields of the request that a report repeats, where the request has them.</summary>
    public string Echo(params int[] tags) => string.Concat(tags.Where(Request.Has).Select(tag => $"{tag}={Request[tag]}|"));
}
