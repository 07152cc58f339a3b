using MiniTrader.Feeds;

namespace MiniTrader.LoadTests;

/// <summary>Reads every field of every order and trade message and keeps a sum, so that nothing of the decoding can be left out.</summary>
internal struct SummingHandler : IItchHandler
{
    public long Messages;
    public ulong Sum;

    public void OnSystemEvent(in ItchSystemEvent message) => Add(message.Header, message.Event);

    public void OnStockDirectory(in ItchStockDirectory message) => Add(message.Header, message.Stock.Raw + message.RoundLot + message.RoundLotsOnly);

    public void OnTradingAction(in ItchTradingAction message) => Add(message.Header, message.Stock.Raw + message.State + message.Reason);

    public void OnAddOrder(in ItchAddOrder message) => Add(message.Header, message.OrderId + message.Side + message.Shares + message.Stock.Raw + message.Price);

    public void OnOrderExecuted(in ItchOrderExecuted message) => Add(message.Header, message.OrderId + message.Shares + message.Match);

    public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message) =>
        Add(message.Header, message.OrderId + message.Shares + message.Match + message.Printable + message.Price);

    public void OnOrderCancel(in ItchOrderCancel message) => Add(message.Header, message.OrderId + message.Shares);

    public void OnOrderDelete(in ItchOrderDelete message) => Add(message.Header, message.OrderId);

    public void OnOrderReplace(in ItchOrderReplace message) => Add(message.Header, message.OrderId + message.NewOrderId + message.Shares + message.Price);

    public void OnTrade(in ItchTrade message) =>
        Add(message.Header, message.OrderId + message.Side + message.Shares + message.Stock.Raw + message.Price + message.Match);

    public void OnCrossTrade(in ItchCrossTrade message) => Add(message.Header, message.Shares + message.Stock.Raw + message.Price + message.Match + message.Cross);

    public void OnBrokenTrade(in ItchBrokenTrade message) => Add(message.Header, message.Match);

    public void OnNetOrderImbalance(in ItchNetOrderImbalance message) =>
        Add(message.Header, message.Paired + message.Imbalance + message.Direction + message.Stock.Raw + message.FarPrice + message.NearPrice + message.ReferencePrice);

    public void OnOther(in ItchHeader message) => Add(message, 0);

    private void Add(in ItchHeader header, ulong fields)
    {
        Messages++;
        Sum += fields + header.Locate + header.Tracking + (ulong)header.Nanoseconds;
    }
}
