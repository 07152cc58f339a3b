using MiniTrader.Fix;
using MiniTrader.Ring;

namespace MiniTrader.QuickFix;

/// <summary>
/// The order side over QuickFIX/n, as <see cref="FixOrders"/> is over our own session: the same <see cref="RequestDesk"/>, another line. All state is this
/// agent's thread's; QuickFIX/n's threads reach it through the inbox only.
/// </summary>
internal sealed class QuickFixOrders : IAgent
{
    private readonly QuickFixInbox _inbox;
    private readonly QuickFixLine _line;
    private readonly RequestDesk _desk;
    private readonly FixParser _parser = new();

    public QuickFixOrders(QuickFixOptions options, FixVenue venue, QuickFixInbox inbox, QuickFixApplication application)
    {
        _inbox = inbox;
        _line = new QuickFixLine(options.Venue.Dialect, application);
        _desk = new RequestDesk(options.Venue, venue, _line, Counts);
    }

    public FixOrderCounts Counts { get; } = new();

    /// <summary>What the venue says that the account holds.</summary>
    public FixPositions Positions => _desk.Positions;

    /// <summary>Asks for the venue's mass cancel of everything, from any thread; false where the dialect has none.</summary>
    public bool RequestMassCancel() => _desk.RequestMassCancel();

    public int DoWork()
    {
        int work = 0;
        while (_desk.HasRoom && _inbox.TryTake(out InboxEntry entry))
        {
            Take(entry);
            work++;
        }

        return work + _desk.DoWork(QuickFixOptions.Now);
    }

    private void Take(InboxEntry entry)
    {
        switch (entry.Kind)
        {
            case InboxKind.Logon:
                _line.IsLoggedOn = true;
                _desk.OnUp();
                break;
            case InboxKind.Logout:
                _line.IsLoggedOn = false;
                _desk.OnDown();
                break;
            default:
                if (_parser.Parse(entry.Bytes, out FixMessage message, out _) == ParseStatus.Message) _desk.OnMessage(in message, QuickFixOptions.Now);
                else Counts.Incomplete++;
                break;
        }
    }
}
