using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// A counterparty that takes the standard at its word: "FIX Protocol version 4.2 with errata 20010501" and "version 4.4 with errata 20030618", volumes 2 (session),
/// 3 (market data) and 4 (orders), which fields are required in which message.
/// </summary>
internal sealed class StandardBroker(FixDialect dialect) : BrokerRules
{
    private readonly bool _is42 = dialect.BeginString == "FIX.4.2";

    public override FixDialect Dialect => dialect;

    public override string Settings => $"""
        BeginString={dialect.BeginString}
        SenderCompID=DESK
        TargetCompID=BROKER
        HeartBtInt=30
        Username=trader
        Password=secret:standard-password

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } = [("Password=secret:other-password", "wrong password"), ("TargetCompID=SOMEBODY", "TargetCompID")];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("98 108 553 554", "141"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = dialect.BeginString == "FIX.4.2" ? new("11 21 55 54 60 38 40", "1 18 44 59 99 111 126") : new("11 55 54 60 38 40", "1 18 44 59 99 111 126"),
        ["F"] = new("41 11 55 54 60 38", "1 37"),
        ["G"] = dialect.BeginString == "FIX.4.2" ? new("41 11 21 55 54 60 38 40", "1 18 37 44 59 99 111 126") : new("41 11 55 54 60 38 40", "1 18 37 44 59 99 111 126"),
        ["H"] = new("11 55 54", "1 37"),
        ["AF"] = new("584 585"),
        ["AN"] = new("710 724 1 581 715 60"),
    };

    public override string AnswerPositions(BrokerMessage request) =>
        $"35=AP|721=P1|710={request[710]}|727=1|728=0|715={request[715]}|453=0|1={request[1]}|581=1|55={WireName}|730=1.25|731=1|734=1.25|702=1|703=TQ|704=30|753=0|";

    public override string Accepted(BrokerOrder order) => Report(order, '0', order.Name);

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        return Report(order, _is42 ? order.Status : 'F', order.Name, $"32={Text(quantity)}|31={Text(price)}|");
    }

    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        Report(order, '4', request?[11] ?? order.Name, request is null ? "" : $"41={order.Name}|", leaves: 0, status: '4');

    public override string Replaced(BrokerOrder order, BrokerMessage request)
    {
        string old = order.Name;
        (order.Name, order.Quantity, order.Price) = (request[11], decimal.Parse(request[38], System.Globalization.CultureInfo.InvariantCulture), request[44]);
        return Report(order, '5', order.Name, $"41={old}|44={order.Price}|", status: _is42 ? '5' : null);
    }

    public override string Rejected(BrokerMessage request) =>
        $"35=8|37=NONE|11={request[11]}|17={NextExecution()}|{(_is42 ? "20=0|" : "")}150=8|39=8|103=2|55={WireName}|54={request[54]}|38={request[38]}|151=0|14=0|6=0|";

    public override string Refused(BrokerOrder order, BrokerMessage request) =>
        $"35=9|37={order.OrderId}|11={request[11]}|41={request[41]}|39={order.Status}|434={(request.Type == "F" ? 1 : 2)}|102=0|";

    public override string Status(BrokerOrder order, BrokerMessage request) => _is42
        ? Report(order, order.Status, order.Name, transaction: 3)
        : Report(order, 'I', order.Name, request.Type == "AF" ? $"584={request[584]}|911=1|912=Y|" : "");

    public override string UnknownOrder(BrokerMessage request) =>
        $"35=8|37=NONE|11={request[11]}|17={NextExecution()}|{(_is42 ? "20=3|150=8" : "150=I")}|39=8|103=5|55={WireName}|54={request[54]}|38=0|151=0|14=0|6=0|";

    protected override string? JudgeLogon(BrokerMessage logon) =>
        Must(logon[98] == "0", "EncryptMethod is 0") ?? Must(logon[554] == "standard-password", "wrong password") ?? Must(logon[56] == "BROKER", "TargetCompID is BROKER");

    protected override string? JudgeBody(BrokerMessage message) => message.Type switch
    {
        "D" => Must(message[55] == WireName, "unknown symbol") ?? OneOf(message, 54, "12") ?? OneOf(message, 40, _is42 ? "1234" : "1234JK")
            ?? OneOf(message, 59, "0123467") ?? OneOf(message, 21, "123") ?? JudgePrices(message, "24", "34J") ?? Must(message.Has(126) == (message[59] == "6"), "ExpireTime belongs to GTD"),
        "F" or "G" => Must(message[55] == WireName, "unknown symbol") ?? Must(message[11] != message[41], "a request has a name of its own"),
        "AF" => OneOf(message, 585, "7"),
        _ => null,
    };

    private string Report(BrokerOrder order, char type, string name, string more = "", decimal? leaves = null, char? status = null, int transaction = 0) =>
        $"35=8|37={order.OrderId}|11={name}|17={NextExecution()}|{(_is42 ? $"20={transaction}|" : "")}150={type}|39={status ?? order.Status}|55={WireName}|"
        + $"{order.Echo(54, 40)}38={Text(order.Quantity)}|151={Text(leaves ?? order.Leaves)}|14={Text(order.Filled)}|6={Text(order.Average)}|{more}";
}
