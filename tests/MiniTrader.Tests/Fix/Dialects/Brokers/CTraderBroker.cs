using System.Globalization;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// cTrader's server by "cTrader FIX engine, rules of engagement" (help.ctrader.com/fix/specification). Its reports of fills have AvgPx and LastQty but neither LastPx
/// nor ExecID, answers to mass requests lack ClOrdID, refusals come as business rejects that name the request, and positions come without a type.
/// </summary>
internal sealed class CTraderBroker : BrokerRules
{
    private const string Password = "passw0rd!";

    public override FixDialect Dialect => FixDialects.CTrader;

    public override string WireName => "1";

    public override string Settings => $"""
        BeginString=FIX.4.4
        SenderCompID=live.theBroker.12345
        SenderSubID=desk
        TargetCompID=CSERVER
        TargetSubID=TRADE
        HeartBtInt=30
        ResetOnLogon=Y
        Username=12345
        Password=secret:{Password}

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } =
    [
        ("Password=secret:guess", "RET_INVALID_DATA"), ("Username=trader", "RET_INVALID_DATA"), ("TargetSubID=OTHER", "TargetSubID"), ("ResetOnLogon=N", "ResetSeqNumFlag"),
        ("TargetCompID=SERVER", "TargetCompID"),
    ];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("98 108 553 554", "141"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = new("11 55 54 60 38 40", "44 99 59 126 721 494"),
        ["F"] = new("41 11", "37"),
        ["G"] = new("41 11 38", "37 44 99 126"),
        ["H"] = new("11", "54"),
        ["AF"] = new("584 585", "225"),
        ["AN"] = new("710", "721"),
    };

    protected override IReadOnlySet<int> HeaderTags { get; } = new HashSet<int> { 8, 9, 35, 34, 49, 50, 52, 56, 57, 10 };

    public override IEnumerable<(int Tag, string Value)> HeaderExtras(BrokerMessage logon) => [(50, logon[57]), (57, logon[50])];

    /// <summary>Two positions on one symbol, as an account with hedging has them.</summary>
    public override string AnswerPositions(BrokerMessage request) =>
        $"35=AP|55=1|710={request[710]}|721=101|727=2|728=0|730=1.06671|702=1|704=40|705=0|\n35=AP|55=1|710={request[710]}|721=102|727=2|728=0|730=1.06671|702=1|704=0|705=10|";

    public override string Accepted(BrokerOrder order) => Report(order, '0', order.Name);

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        return Report(order, 'F', order.Name, $"{AverageOf(order)}32={Text(quantity)}|");
    }

    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        Report(order, '4', request?[11] ?? order.Name, request is null ? "" : $"41={request[41]}|", status: '4');

    public override string Replaced(BrokerOrder order, BrokerMessage request)
    {
        (order.Name, order.Quantity, order.Price) = (request[11], decimal.Parse(request[38], CultureInfo.InvariantCulture), request[44]);
        return Report(order, '5', order.Name);
    }

    public override string Rejected(BrokerMessage request) => $"35=j|45={request[34]}|58=NOT_ENOUGH_MONEY|379={request[11]}|380=0|";

    public override string Refused(BrokerOrder order, BrokerMessage request) =>
        $"35=j|58=ORDER_NOT_FOUND:Order with clientOrderId={request[41]} not found.|379={request[11]}|380=0|";

    /// <summary>One report by name, or those of a mass request, which lack the client's name.</summary>
    public override string Status(BrokerOrder order, BrokerMessage request) => request.Type == "AF"
        ? Report(order, 'I', "", $"584={request[584]}|911=1|{AverageOf(order)}") : Report(order, '0', order.Name, AverageOf(order));

    public override string UnknownOrder(BrokerMessage request) =>
        request.Type == "AF" ? $"35=j|372=AF|58=No orders found|379={request[584]}|380=0|" : $"35=j|58=ORDER_NOT_FOUND|379={request[11]}|380=0|";

    protected override string? JudgeHeader(BrokerMessage message) =>
        base.JudgeHeader(message) ?? Must(message[56] == "CSERVER", "TargetCompID is CSERVER") ?? Must(message[57] == "TRADE", "TargetSubID is QUOTE or TRADE")
            ?? Must(message[49].Split('.').Length == 3, "SenderCompID is environment, broker and login");

    protected override string? JudgeLogon(BrokerMessage logon) =>
        Must(logon[98] == "0", "EncryptMethod is 0") ?? Must(logon[141] == "Y" && logon[34] == "1", "ResetSeqNumFlag is Y")
            ?? Must(logon[553].All(char.IsAsciiDigit) && logon[49].EndsWith('.' + logon[553], StringComparison.Ordinal), "InternalError: RET_INVALID_DATA")
            ?? Must(logon[554] == Password, "InternalError: RET_INVALID_DATA");

    protected override string? JudgeBody(BrokerMessage message) => message.Type switch
    {
        "D" => Must(message[55].All(char.IsAsciiDigit), "Expected numeric symbolId") ?? OneOf(message, 54, "12") ?? OneOf(message, 40, "123") ?? JudgePrices(message, "2", "3")
            ?? Must(!message.Has(126) || TimeOf(0).IsMatch(message[126]), "ExpireTime is YYYYMMDD-HH:MM:SS") ?? Must(!message.Has(126) || message[40] != "1", "a market order does not expire"),
        "AF" => OneOf(message, 585, "7"),
        _ => null,
    };

    private static string AverageOf(BrokerOrder order) => order.Filled > 0 ? $"6={Text(order.Average)}|" : "";

    private static string Report(BrokerOrder order, char type, string name, string more = "", char? status = null) =>
        $"35=8|{(name.Length > 0 ? $"11={name}|" : "")}14={Text(order.Filled)}|37={order.OrderId}|38={Text(order.Quantity)}|39={status ?? order.Status}|{order.Echo(40)}"
        + $"{(order.Price.Length > 0 ? $"44={order.Price}|" : "")}{order.Echo(54, 55, 99)}59={(order.Request[40] == "1" ? 3 : 1)}|60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.fff}|"
        + $"150={type}|151={Text(order.Leaves)}|721=101|{more}";
}
