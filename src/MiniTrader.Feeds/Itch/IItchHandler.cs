namespace MiniTrader.Feeds;

/// <summary>
/// What <see cref="ItchDecoder"/> calls, one method a message. To be a struct, so that the calls are inlined. A reference is into
/// the bytes that are decoded and holds until the method returns.
/// </summary>
public interface IItchHandler
{
    void OnSystemEvent(in ItchSystemEvent message);

    void OnStockDirectory(in ItchStockDirectory message);

    void OnTradingAction(in ItchTradingAction message);

    /// <summary>Types A and F; the header's type says which.</summary>
    void OnAddOrder(in ItchAddOrder message);

    void OnOrderExecuted(in ItchOrderExecuted message);

    void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message);

    void OnOrderCancel(in ItchOrderCancel message);

    void OnOrderDelete(in ItchOrderDelete message);

    void OnOrderReplace(in ItchOrderReplace message);

    void OnTrade(in ItchTrade message);

    void OnCrossTrade(in ItchCrossTrade message);

    void OnBrokenTrade(in ItchBrokenTrade message);

    void OnNetOrderImbalance(in ItchNetOrderImbalance message);

    /// <summary>Every other type of the specification: short sale restrictions, participants, circuit breakers, collars, halts elsewhere.</summary>
    void OnOther(in ItchHeader message);
}
