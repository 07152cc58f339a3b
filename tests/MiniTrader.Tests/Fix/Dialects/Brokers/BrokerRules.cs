using System.Globalization;
using System.Text.RegularExpressions;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>What a broker's document says of the fields of one message from the client, as lists of tags.</summary>
/// <param name="Required">Tags that it must hold.</param>
/// <param name="Optional">Tags that it may hold; any other is refused.</param>
/// <param name="Repeats">Tags that may come more than once, in groups.</param>
internal sealed record MessageRule(string Required, string Optional = "", string Repeats = "")
{
    public int[] RequiredTags => Tags(Required);

    public string? Judge(BrokerMessage message, IReadOnlySet<int> header)
    {
        foreach (int tag in RequiredTags)
        {
            if (!message.Has(tag)) return $"required tag {tag} is missing";
        }

        HashSet<int> known = [.. Tags(Required), .. Tags(Optional)];
        HashSet<int> seen = [];
        foreach ((int tag, string value) in message.Fields)
        {
            if (value.Length == 0) return $"tag {tag} has no value";
            if (!header.Contains(tag) && !known.Contains(tag)) return $"tag {tag} is not defined for message type {message.Type}";
            if (!seen.Add(tag) && !Tags(Repeats).Contains(tag)) return $"tag {tag} appears more than once";
        }

        return null;
    }

    private static int[] Tags(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tag => int.Parse(tag, CultureInfo.InvariantCulture))];
}

/// <summary>
/// A broker as its public document describes it: judges what a client sends, by its own reading of the document and its own arithmetic, and answers in its
/// own words. One derived class for each broker names the document.
/// </summary>
internal abstract partial class BrokerRules
{
    private int _executions;

    public abstract FixDialect Dialect { get; }

    /// <summary>The session section of the settings file that a client of this broker has, but for host and port.</summary>
    public abstract string Settings { get; }

    /// <summary>How the broker calls the instrument.</summary>
    public virtual string WireName => "BTC-USD";

    /// <summary>What the instrument is paid in.</summary>
    public virtual string Currency => "USD";

    /// <summary>Text of the secret of a signed logon, as the client keeps it in a file; empty where there is none.</summary>
    public virtual string Secret => "";

    /// <summary>Text of a secret of the right form that the broker does not know.</summary>
    public virtual string WrongSecret => "";

    /// <summary>Changes of the settings file (key=value) with which the broker refuses the logon, and a part of what it says then.</summary>
    public abstract IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; }

    /// <summary>Message types that a client sends, with what the document says of their fields.</summary>
    public abstract IReadOnlyDictionary<string, MessageRule> Messages { get; }

    /// <summary>Tag 57 and 50 of what we say, where the broker says them.</summary>
    public virtual IEnumerable<(int Tag, string Value)> HeaderExtras(BrokerMessage logon) => [];

    public virtual string AnswerLogon(BrokerMessage logon) => $"98=0|108={logon[108]}|{(logon.Has(141) ? "141=Y|" : "")}";

    /// <summary>Null, or what is wrong with a message.</summary>
    public string? Judge(BrokerMessage message) =>
        !Messages.TryGetValue(message.Type, out MessageRule? rule) ? $"message type {message.Type} is not supported"
            : JudgeHeader(message) ?? rule.Judge(message, HeaderTags) ?? (message.Type == "A" ? JudgeLogon(message) : JudgeBody(message));

    /// <summary>Answers a request for positions with a net position of 30, in as many messages as there are lines; null where there is no such request.</summary>
    public virtual string? AnswerPositions(BrokerMessage request) => null;

    public abstract string Accepted(BrokerOrder order);

    public abstract string Filled(BrokerOrder order, decimal quantity, decimal price);

    public abstract string Cancelled(BrokerOrder order, BrokerMessage? request);

    public abstract string Replaced(BrokerOrder order, BrokerMessage request);

    public abstract string Rejected(BrokerMessage request);

    /// <summary>A cancel or a replace is refused.</summary>
    public abstract string Refused(BrokerOrder order, BrokerMessage request);

    /// <summary>The answer to a question about an order.</summary>
    public virtual string Status(BrokerOrder order, BrokerMessage request) => throw new NotSupportedException();

    /// <summary>The answer to a question about an order that the broker does not know.</summary>
    public virtual string UnknownOrder(BrokerMessage request) => throw new NotSupportedException();

    /// <summary>Logons are judged by what the document says beyond the presence of fields.</summary>
    protected abstract string? JudgeLogon(BrokerMessage logon);

    /// <summary>The same for every other message.</summary>
    protected abstract string? JudgeBody(BrokerMessage message);

    protected virtual IReadOnlySet<int> HeaderTags { get; } = new HashSet<int> { 8, 9, 35, 34, 49, 52, 56, 10 };

    protected virtual string? JudgeHeader(BrokerMessage message) =>
        message[8] != Dialect.BeginString ? $"BeginString must be {Dialect.BeginString}"
            : !TimeOf(3).IsMatch(message[52]) ? $"SendingTime {message[52]} has another form" : null;

    protected string NextExecution() => string.Create(CultureInfo.InvariantCulture, $"{++_executions}");

    /// <summary>The orders that a document lists: what tags 40, 44 and 99 hold for each type.</summary>
    protected static string? JudgePrices(BrokerMessage order, string limits, string stops)
    {
        if (limits.Contains(order[40], StringComparison.Ordinal) != order.Has(44)) return $"Price (44) belongs to types {limits} only, and they need it; this is type {order[40]}";
        return stops.Contains(order[40], StringComparison.Ordinal) != order.Has(99) ? $"StopPx (99) belongs to types {stops} only, and they need it; this is type {order[40]}" : null;
    }

    protected static string? OneOf(BrokerMessage message, int tag, string values) =>
        !message.Has(tag) || (message[tag].Length == 1 && values.Contains(message[tag], StringComparison.Ordinal)) ? null : $"tag {tag} is one of {values}, not {message[tag]}";

    protected static string? Must(bool isSo, string otherwise) => isSo ? null : otherwise;

    protected static Regex TimeOf(int decimals) => decimals switch { 0 => WholeSeconds(), 3 => Milliseconds(), _ => UpToMicroseconds() };

    protected static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{8}-\d\d:\d\d:\d\d$")]
    private static partial Regex WholeSeconds();

    [GeneratedRegex(@"^\d{8}-\d\d:\d\d:\d\d\.\d{3}$")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"^\d{8}-\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?$")]
    private static partial Regex UpToMicroseconds();
}
