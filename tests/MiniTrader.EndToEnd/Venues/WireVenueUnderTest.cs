using System.Diagnostics;
using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>A venue at the other end of a FIX session over a loopback socket. The test's thread drives the counterparty while it waits.</summary>
public abstract class WireVenueUnderTest : VenueUnderTest
{
    protected const string Us = "TRADER";
    protected const string Them = "EXCHANGE";

    private readonly WireExchange _exchange;
    private FixEngine? _acceptor;
    private Timestamp _last;

    protected WireVenueUnderTest()
    {
        _exchange = new WireExchange(Exchange, () => Now, [.. Instruments.Select(i => i.Symbol)]);
        Listen();
    }

    /// <summary>Where the counterparty listens.</summary>
    protected int ListensOn { get; } = FreePort.Next();

    protected override Timestamp Now => _last = Timestamp.Max(_last + 1, Timestamp.FromDateTime(DateTime.UtcNow));

    /// <summary>From now on every execution report comes twice.</summary>
    public void SayEverythingTwice() => _exchange.SaysEverythingTwice = true;

    public override ExecutionReport Next()
    {
        ExecutionReport report = default;
        WaitFor(() => Port.TryTake(Now, out report), "No report came.");
        return report;
    }

    /// <summary>Waits until both sides are logged on.</summary>
    public void LogOn() => WaitFor(() => _exchange.IsLoggedOn && IsLoggedOn, "There was no logon.");

    /// <summary>The counterparty's process ends, as far as the wire can tell; its venue lives on.</summary>
    public void LoseTheConnection()
    {
        _acceptor!.Dispose();
        _acceptor = null;
        WaitFor(() => !IsLoggedOn, "The end of the connection was not noticed.");
    }

    /// <summary>The counterparty is there again, on the same port.</summary>
    public void ComeBack()
    {
        Listen();
        LogOn();
    }

    /// <summary>Asks for the venue's own mass cancel, of everything.</summary>
    public abstract void RequestMassCancel();

    public override void Dispose()
    {
        _acceptor?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract bool IsLoggedOn { get; }

    /// <summary>One round of our side, where the test's thread drives it.</summary>
    protected abstract void Work();

    protected override void AfterMarket() => _exchange.Drain();

    private void Listen()
    {
        SessionSettings settings = new()
        {
            Id = new SessionId { BeginString = "FIX.4.4", SenderCompId = Them, TargetCompId = Us },
            ConnectionType = ConnectionType.Acceptor,
            ResetOnLogon = true,
            Transport = new TransportSettings { Accept = new FixEndPoint("127.0.0.1", ListensOn) },
        };
        _acceptor = new FixEngine([settings], _exchange) { BusySpin = true };
    }

    private void WaitFor(Func<bool> condition, string orElse)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            _acceptor?.DoWork();
            Work();
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, orElse);
        }
    }
}
