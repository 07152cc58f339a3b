using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix.Session;

/// <summary>Two sessions without a socket: what the scripts do not reach, the initiator's side above all.</summary>
public sealed class FixSessionTests
{
    [Fact]
    public void A_logon_brings_both_sides_up_and_a_logout_both_down()
    {
        SessionPair pair = new();
        pair.Connect();
        Assert.True(pair.Initiator.IsLoggedOn && pair.Acceptor.IsLoggedOn);
        Assert.Equal((1, 1), (pair.InitiatorSide.Logons, pair.AcceptorSide.Logons));
        pair.Initiator.Logout("done");
        pair.Exchange();
        Assert.True(pair.Initiator.WantsHangUp && pair.Acceptor.WantsHangUp);
        Assert.Equal((1, 1), (pair.InitiatorSide.Logouts, pair.AcceptorSide.Logouts));
        Assert.Equal((3, 3, 3, 3), (pair.Initiator.Store.NextSender, pair.Initiator.Store.NextTarget, pair.Acceptor.Store.NextSender, pair.Acceptor.Store.NextTarget));
        Assert.False(pair.Initiator.ShouldConnect(pair.Now));
    }

    [Fact]
    public void A_message_in_or_out_allocates_nothing()
    {
        SessionPair pair = new();
        pair.AcceptorSide.KeepsText = false;
        pair.Connect();
        for (int i = 0; i < 200; i++) SessionPair.Order(pair.Initiator, i);
        pair.Exchange();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            SessionPair.Order(pair.Initiator, i);
            pair.Exchange();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(400, pair.AcceptorSide.Orders.Count);
    }

    [Fact]
    public void What_was_sent_while_nobody_was_there_comes_after_the_next_logon()
    {
        SessionPair pair = new();
        pair.Connect();
        pair.Disconnect();
        for (long id = 1; id <= 5; id++) Assert.Equal(SendStatus.Stored, SessionPair.Order(pair.Initiator, id));
        pair.Connect();
        Assert.Equal([1, 2, 3, 4, 5], pair.AcceptorSide.Orders);
        Assert.Contains(pair.InitiatorSide.SessionMessages, m => m.Contains("35=2|", StringComparison.Ordinal));
    }

    [Fact]
    public void With_the_next_expected_number_in_the_logons_nobody_asks_for_a_resend()
    {
        static SessionSettings Expecting(SessionSettings s) => s with { EnableNextExpectedMsgSeqNum = true };
        SessionPair pair = new(Expecting, Expecting);
        pair.Connect();
        pair.Disconnect();
        for (long id = 1; id <= 3; id++)
        {
            SessionPair.Order(pair.Initiator, id);
            SessionPair.Order(pair.Acceptor, 10 + id);
        }

        pair.Connect();
        SessionPair.Order(pair.Initiator, 4);
        SessionPair.Order(pair.Acceptor, 14);
        pair.Exchange();
        Assert.Equal([1, 2, 3, 4], pair.AcceptorSide.Orders);
        Assert.Equal([11, 12, 13, 14], pair.InitiatorSide.Orders);
        Assert.DoesNotContain(pair.InitiatorSide.SessionMessages.Concat(pair.AcceptorSide.SessionMessages), m => m.Contains("35=2|", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_is_asked_for_in_chunks()
    {
        SessionPair pair = new(acceptor: s => s with { MaxMessagesInResendRequest = 2 });
        pair.Connect();
        pair.Disconnect();
        for (long id = 1; id <= 5; id++) SessionPair.Order(pair.Initiator, id);
        pair.Connect();
        Assert.Equal([1, 2, 3, 4, 5], pair.AcceptorSide.Orders);

        // Numbers 2 to 6 are missing when logon 7 comes.
        Assert.Equal(["7=2|16=3|", "7=4|16=5|", "7=6|16=6|"], pair.InitiatorSide.SessionMessages.Where(m => m.Contains("|35=2|", StringComparison.Ordinal)).Select(m => m[m.IndexOf("|7=", StringComparison.Ordinal)..m.IndexOf("10=", StringComparison.Ordinal)][1..]));
    }

    [Fact]
    public void A_refused_logon_is_told_why_and_hung_up_on()
    {
        SessionPair pair = new();
        pair.AcceptorSide.Refusal = "wrong password";
        pair.Connect();
        Assert.False(pair.Initiator.IsLoggedOn || pair.Acceptor.IsLoggedOn);
        Assert.Contains("wrong password", pair.Initiator.LastHangUpReason, StringComparison.Ordinal);
        Assert.True(pair.Acceptor.WantsHangUp);
    }

    [Fact]
    public void Silence_brings_heartbeats_then_a_test_request_then_the_end()
    {
        SessionPair pair = new(s => s with { HeartBtInt = 10 });
        pair.Connect();
        for (int i = 0; i < 30; i++) pair.Pass(1);
        Assert.True(pair.Initiator.IsLoggedOn && pair.Acceptor.IsLoggedOn);
        Assert.Contains(pair.AcceptorSide.SessionMessages, m => m.Contains("|35=0|", StringComparison.Ordinal));

        // The wire is cut without a sign: nothing is carried any more.
        for (int i = 1; i <= 24; i++)
        {
            pair.Now += Timestamp.NanosecondsPerSecond;
            pair.Initiator.Advance(pair.Now);
        }

        Assert.True(pair.Initiator.WantsHangUp);
        Assert.Contains("2.4 heartbeat intervals", pair.Initiator.LastHangUpReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_application_is_brought_the_same_message_again_and_nothing_after_it_before()
    {
        SessionPair pair = new();
        pair.Connect();
        for (long id = 1; id <= 3; id++) SessionPair.Order(pair.Initiator, id);
        byte[] bytes = pair.Initiator.Output.ToArray();
        pair.Initiator.Sent(bytes.Length);
        pair.AcceptorSide.BusyTimes = 2;
        Assert.Equal(0, pair.Acceptor.Receive(bytes, pair.Now));
        Assert.True(pair.Acceptor.IsStalled);
        Assert.Equal(0, pair.Acceptor.Receive(bytes, pair.Now));
        Assert.Equal(bytes.Length, pair.Acceptor.Receive(bytes, pair.Now));
        Assert.Equal([1, 2, 3], pair.AcceptorSide.Orders);
    }

    [Fact]
    public void A_full_output_refuses_and_takes_no_number()
    {
        SessionPair pair = new();
        pair.Connect();
        SendStatus status;
        do status = SessionPair.Order(pair.Initiator, 1);
        while (status == SendStatus.Sent);
        Assert.Equal(SendStatus.OutputFull, status);
        long next = pair.Initiator.Store.NextSender;
        Assert.Equal(SendStatus.OutputFull, SessionPair.Order(pair.Initiator, 1));
        Assert.Equal(next, pair.Initiator.Store.NextSender);
        pair.Exchange();
        Assert.Equal(next - 2, pair.AcceptorSide.Orders.Count);
    }

    [Fact]
    public void At_the_end_of_its_window_a_session_logs_out_and_in_the_next_the_numbers_start_again()
    {
        static SessionSettings Daily(SessionSettings s) => s with { Schedule = new() { StartTime = new(8, 0), EndTime = new(9, 1) } };
        SessionPair pair = new(Daily, Daily);
        pair.Connect();
        SessionPair.Order(pair.Initiator, 1);
        pair.Exchange();
        pair.Pass(59);
        Assert.True(pair.Initiator.IsLoggedOn);
        pair.Pass(2);
        Assert.False(pair.Initiator.IsLoggedOn || pair.Acceptor.IsLoggedOn);
        Assert.False(pair.Initiator.ShouldConnect(pair.Now));
        pair.Disconnect();
        pair.Pass(23 * 3600);
        Assert.True(pair.Initiator.ShouldConnect(pair.Now));
        pair.Connect();
        Assert.Equal((2, 2), (pair.Initiator.Store.NextSender, pair.Acceptor.Store.NextTarget));
    }

    [Fact]
    public void Stale_orders_are_filled_as_a_gap_when_the_application_will_not_have_them_sent_again()
    {
        Timestamp now = Timestamp.Parse("2024-03-04T09:00:00Z");
        SessionSettings settings = new() { Id = new() { BeginString = "FIX.4.4", SenderCompId = "I", TargetCompId = "A" }, ConnectionType = ConnectionType.Acceptor };
        FixSession session = new(settings, new MemoryMessageStore(now), new Unwilling(), now);
        for (long id = 1; id <= 3; id++) SessionPair.Order(session, id);
        session.Connected(now);
        session.Receive(Message("35=A\u000134=1\u000149=A\u000152=20240304-09:00:00\u000156=I\u000198=0\u0001108=30\u0001"), now);
        session.Sent(session.Output.Length);
        session.Receive(Message("35=2\u000134=2\u000149=A\u000152=20240304-09:00:00\u000156=I\u00017=1\u000116=3\u0001"), now);
        string sent = System.Text.Encoding.ASCII.GetString(session.Output);
        Assert.Contains("\u000135=4\u000134=1\u000143=Y\u0001", sent, StringComparison.Ordinal);
        Assert.Contains("\u000136=4\u0001123=Y\u0001", sent, StringComparison.Ordinal);
    }

    private static byte[] Message(string body)
    {
        string text = $"8=FIX.4.4\u00019={body.Length}\u0001{body}";
        return System.Text.Encoding.ASCII.GetBytes($"{text}10={text.Sum(c => c) % 256:D3}\u0001");
    }

    private sealed class Unwilling : FixApplication
    {
        public override MessageVerdict OnMessage(FixSession session, in FixMessage message) => MessageVerdict.Accepted;

        public override bool MayResend(FixSession session, in FixMessage message) => false;
    }
}
