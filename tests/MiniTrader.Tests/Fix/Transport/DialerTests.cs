using System.Net;
using System.Net.Sockets;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Tests.Fix.Session;
using Xunit;

namespace MiniTrader.Tests.Fix.Transport;

/// <summary>The pauses of an initiator whose hosts refuse it, by a clock that the tests move.</summary>
public sealed class DialerTests
{
    [Theory]
    [InlineData(1, new[] { 3, 6, 12, 24, 24, 24 })]
    [InlineData(2, new[] { 3, 3, 6, 6, 12, 12, 24, 24, 24 })]
    public void The_pause_doubles_after_each_round_of_hosts_up_to_eight_times(int hosts, int[] seconds)
    {
        using Dialer dialer = Create(hosts);
        Timestamp now = Timestamp.Parse("2024-03-04T09:00:00Z");
        foreach (int pause in seconds) now = Refuse(dialer, now, pause);
    }

    [Fact]
    public void A_logon_brings_the_first_pause_and_the_first_host_back()
    {
        using Dialer dialer = Create(hosts: 2);
        Timestamp now = Timestamp.Parse("2024-03-04T09:00:00Z");
        FixEndPoint first = dialer.Host;
        foreach (int pause in (int[])[3, 3, 6]) now = Refuse(dialer, now, pause);
        dialer.Succeeded();
        now = Refuse(dialer, now, 3);
        Assert.Equal(first, dialer.Host);
        now = Refuse(dialer, now, 3);
        Assert.NotEqual(first, dialer.Host);
        Refuse(dialer, now, 6);
    }

    /// <summary>An attempt that is due now fails, and the next is due so many seconds later and not a nanosecond sooner. Answers when.</summary>
    private static Timestamp Refuse(Dialer dialer, Timestamp now, int pause)
    {
        Assert.Null(dialer.Dial(now));
        Assert.True(dialer.IsDialing);
        SpinWait.SpinUntil(() => dialer.Dial(now) is null && !dialer.IsDialing);
        Assert.Contains(dialer.Host.Host, dialer.LastFault, StringComparison.Ordinal);
        Timestamp next = now + (pause * Timestamp.NanosecondsPerSecond);
        Assert.Equal(next, dialer.NextAttempt);
        Assert.Null(dialer.Dial(next - 1));
        Assert.False(dialer.IsDialing);
        return next;
    }

    private static Dialer Create(int hosts)
    {
        SessionPair pair = new(s => s with { Transport = new() { ReconnectInterval = 3, Connect = [.. Enumerable.Range(0, hosts).Select(_ => ClosedPort())] } });
        return new(pair.Initiator);
    }

    /// <summary>A port of this machine on which nobody listens.</summary>
    private static FixEndPoint ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }
}
