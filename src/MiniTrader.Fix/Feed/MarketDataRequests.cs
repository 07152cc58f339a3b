using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What is asked of a venue's market data side, and what has been: a subscription for each instrument, one anew where it broke, lists and states. What finds
/// no room in the output is asked with a later round. The FIX thread only.
/// </summary>
internal sealed class MarketDataRequests
{
    private const int Nothing = -1;

    private readonly FixFeedOptions _options;
    private readonly MarketDataMessages _messages;

    /// <summary>By instrument: the MDReqID that runs, negative when it is to be ended first; zero for none.</summary>
    private readonly long[] _requests;
    private readonly bool[] _isRequested;
    private FixSession? _session;
    private long _request;
    private int _next = Nothing;
    private bool _asksSecurityList;
    private bool _asksTradingStatus;

    public MarketDataRequests(FixFeedOptions options)
    {
        _options = options;
        _messages = new MarketDataMessages(options);
        _requests = new long[options.Instruments.Count];
        _isRequested = new bool[options.Instruments.Count];
    }

    /// <summary>The session is up, and nothing runs on it.</summary>
    public void Begin(FixSession session)
    {
        _session = session;
        _next = 0;
        _asksSecurityList = _options.AsksSecurityList;
        _asksTradingStatus = _options.AsksTradingStatus;
        Array.Clear(_requests);
        Array.Clear(_isRequested);
    }

    public void End()
    {
        _session = null;
        _next = Nothing;
    }

    /// <summary>Ends an instrument's subscription and asks for a new one, which begins with a snapshot.</summary>
    public void AskAnew(InstrumentId id)
    {
        _isRequested[id.Index] = false;
        _requests[id.Index] = -_requests[id.Index];
        _next = 0;
    }

    /// <summary>Asks what is still to be asked; the answer is how much that was.</summary>
    public int DoWork()
    {
        if (_session is null) return 0;
        int work = 0;
        while (_next >= 0 && Subscribe()) work++;
        if (_asksSecurityList)
        {
            FixWriter writer = _session.Begin(MsgTypes.SecurityListRequest);
            _messages.WriteSecurityListRequest(ref writer, ++_request);
            _asksSecurityList = _session.Send(ref writer) == SendStatus.OutputFull;
            work++;
        }

        if (_asksTradingStatus)
        {
            FixWriter writer = _session.Begin(MsgTypes.TradingSessionStatusRequest);
            MarketDataMessages.WriteTradingStatusRequest(ref writer, ++_request);
            _asksTradingStatus = _session.Send(ref writer) == SendStatus.OutputFull;
            work++;
        }

        return work;
    }

    /// <summary>Requests the next instrument that has none running; false when there is none, or no room in the output.</summary>
    private bool Subscribe()
    {
        while (_next < _options.Subscribed.Count && _isRequested[_options.Subscribed[_next].Index]) _next++;
        if (_next >= _options.Subscribed.Count)
        {
            _next = Nothing;
            return false;
        }

        InstrumentId id = _options.Subscribed[_next];
        if (_requests[id.Index] < 0 && !Request(id, -_requests[id.Index], isEnd: true)) return false;
        _requests[id.Index] = 0;
        if (!Request(id, _request + 1, isEnd: false)) return false;
        _requests[id.Index] = ++_request;
        _isRequested[id.Index] = true;
        return true;
    }

    private bool Request(InstrumentId id, long request, bool isEnd)
    {
        FixWriter writer = _session!.Begin(MsgTypes.MarketDataRequest);
        _messages.WriteRequest(ref writer, id, request, isEnd);
        return _session.Send(ref writer) == SendStatus.Sent;
    }
}
