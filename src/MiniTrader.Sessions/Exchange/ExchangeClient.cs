using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>One session as the exchange sees it: its account, its working orders, what it has subscribed to. The matching thread owns it.</summary>
internal sealed class ExchangeClient(int index, FixSession session)
{
    /// <summary>Its place among the clients, and its account at the venue.</summary>
    public int Index { get; } = index;

    public StrategyId Strategy { get; } = new((ushort)index);

    public FixSession Session { get; } = session;

    /// <summary>Its CompID, which every report bears as the account.</summary>
    public byte[] Account { get; } = Encoding.UTF8.GetBytes(session.Id.TargetCompId);

    public bool IsFix42 { get; } = session.Id.BeginString == "FIX.4.2";

    public bool IsDropCopy { get; init; }

    /// <summary>Once at least: sessions of a settings file and the drop copy are known before.</summary>
    public bool HasLoggedOn { get; set; }

    // Its working orders, oldest first.
    public int FirstOrder { get; set; } = ExchangeOrders.None;

    public int LastOrder { get; set; } = ExchangeOrders.None;

    public int WorkingOrders { get; set; }

    /// <summary>The next order of a mass status request that is being answered.</summary>
    public int StatusCursor { get; set; } = ExchangeOrders.None;

    /// <summary>Reports that the request at hand was promised; zero when none is being answered.</summary>
    public int StatusTotal { get; set; }

    /// <summary>The next instrument of a security list that is being sent.</summary>
    public int ListCursor { get; set; }

    public bool WantsSessionStatus { get; set; }

    public int FirstSubscription { get; set; } = MarketDataDesk.None;

    /// <summary>Half of what may wait for its socket does: what can wait should.</summary>
    public bool IsBehind(int outputBytes) => Session.IsLoggedOn && Session.Output.Length > outputBytes / 2;
}
