using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary>Hands the decoder's messages to a pass, each to the step that judges it.</summary>
internal readonly struct ItchPassHandler(ItchPass pass) : IItchFileHandler
{
    public void OnFault(string reason, ReadOnlySpan<byte> bytes) => pass.Fault(reason, bytes);

    public void OnEndMark() => pass.EndMark();

    public void OnSystemEvent(in ItchSystemEvent message)
    {
        if (!pass.Begin(message.Header)) return;
        RowOutcome outcome = pass.SystemEvent(message);
        if (pass.IsFirst) pass.Count(outcome, message.Header);
    }

    public void OnStockDirectory(in ItchStockDirectory message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(ItchPass.Directory(stock, message), message.Header);
    }

    public void OnTradingAction(in ItchTradingAction message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.TradingAction(stock, message), message.Header);
    }

    public void OnAddOrder(in ItchAddOrder message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Add(stock, message), message.Header);
    }

    public void OnOrderExecuted(in ItchOrderExecuted message)
    {
        if (pass.BeginStock(message.Header) is { } stock)
            pass.Count(pass.Execute(stock, message.OrderId, message.Shares, message.Match, null, isPrinted: true), message.Header);
    }

    public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message)
    {
        if (pass.BeginStock(message.Header) is not { } stock) return;
        RowOutcome outcome = message.Printable is (byte)'Y' or (byte)'N'
            ? pass.Execute(stock, message.OrderId, message.Shares, message.Match, message.Price, isPrinted: message.Printable == 'Y')
            : RowOutcome.Refused("whether it is printable is neither Y nor N");
        pass.Count(outcome, message.Header);
    }

    public void OnOrderCancel(in ItchOrderCancel message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Cancel(stock, message), message.Header);
    }

    public void OnOrderDelete(in ItchOrderDelete message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Delete(stock, message), message.Header);
    }

    public void OnOrderReplace(in ItchOrderReplace message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Replace(stock, message), message.Header);
    }

    public void OnTrade(in ItchTrade message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Trade(stock, message), message.Header);
    }

    public void OnCrossTrade(in ItchCrossTrade message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Cross(stock, message), message.Header);
    }

    public void OnBrokenTrade(in ItchBrokenTrade message)
    {
        if (pass.BeginStock(message.Header) is { } stock) pass.Count(pass.Break(stock, message), message.Header);
    }

    public void OnNetOrderImbalance(in ItchNetOrderImbalance message)
    {
        if (pass.BeginStock(message.Header) is not null) pass.Count(RowOutcome.LeftOut("not imported: NetOrderImbalance"), message.Header);
    }

    public void OnOther(in ItchHeader message)
    {
        bool isOfMarket = message.Type is ItchMessageType.CircuitBreakerDeclineLevel or ItchMessageType.CircuitBreakerStatus;
        if (isOfMarket ? pass.Begin(message) : pass.BeginStock(message) is not null) pass.Count(RowOutcome.LeftOut($"not imported: {message.Type}"), message);
    }
}
