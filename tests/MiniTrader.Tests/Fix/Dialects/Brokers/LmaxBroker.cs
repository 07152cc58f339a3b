using System.Globalization;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>LMAX Exchange by its "FIX Trading API" with the published data dictionary (LMAX-FIX-Trading-API-QuickFix-DataDictionary.xml).</summary>
internal sealed class LmaxBroker : BrokerRules
{
    private const string Password = "lmax-password";

    public override FixDialect Dialect => FixDialects.Lmax;

    public override string WireName => "4001";

    public override string Settings => $"""
        BeginString=FIX.4.4
        SenderCompID=trader1
        TargetCompID=LMXBD
        HeartBtInt=30
        ResetOnLogon=Y
        Username=trader1
        Password=secret:{Password}

        """;

    public override IReadOnlyList<(string Change, string Reason)> RefusedSettings { get; } = [("Password=secret:guess", "BAD_CREDENTIALS"), ("Username=", "553")];

    public override IReadOnlyDictionary<string, MessageRule> Messages { get; } = new Dictionary<string, MessageRule>
    {
        ["A"] = new("98 108 553 554", "141 383"),
        ["0"] = new("", "112"),
        ["1"] = new("112"),
        ["5"] = new("", "58"),
        ["D"] = new("11 48 22 54 60 38 40", "1 18 44 59 99 100"),
        ["F"] = new("41 11 48 22 54 60 38", "1"),
        ["G"] = new("41 11 48 22 54 60 38 40 44", "1 18 59"),
        ["H"] = new("11 48 22 54", "1 790"),
    };

    public override string Accepted(BrokerOrder order) => Report(order, '0', order.Name);

    public override string Filled(BrokerOrder order, decimal quantity, decimal price)
    {
        order.Fill(quantity, price);
        return Report(order, 'F', order.Name, $"32={Text(quantity)}|31={Text(price)}|527=S{order.Filled:0}|");
    }

    public override string Cancelled(BrokerOrder order, BrokerMessage? request) =>
        Report(order, '4', request?[11] ?? order.Name, request is null ? "" : $"41={request[41]}|", '4', leaves: 0);

    public override string Replaced(BrokerOrder order, BrokerMessage request)
    {
        (order.Name, order.Quantity, order.Price) = (request[11], decimal.Parse(request[38], CultureInfo.InvariantCulture), request[44]);
        return Report(order, '5', order.Name, $"41={request[41]}|44={order.Price}|");
    }

    public override string Rejected(BrokerMessage request) =>
        $"35=8|37=0|11={request[11]}|17={NextExecution()}|150=8|39=8|103=0|58=EXPOSURE_CHECK_FAILURE|48=4001|22=8|54={request[54]}|38={request[38]}|151=0|14=0|6=0|";

    public override string Refused(BrokerOrder order, BrokerMessage request) =>
        $"35=9|37={order.OrderId}|11={request[11]}|41={request[41]}|39=8|434={(request.Type == "F" ? 1 : 2)}|102=1|58=UNKNOWN_ORDER|";

    public override string Status(BrokerOrder order, BrokerMessage request) => Report(order, 'I', order.Name);

    public override string UnknownOrder(BrokerMessage request) =>
        $"35=8|37=0|11={request[11]}|17={NextExecution()}|150=I|39=8|103=5|58=UNKNOWN_ORDER|48=4001|22=8|54={request[54]}|38=0|151=0|14=0|6=0|";

    protected override string? JudgeLogon(BrokerMessage logon) =>
        Must(logon[98] == "0", "EncryptMethod is 0") ?? Must(logon[553] == logon[49] && logon[554] == Password, "BAD_CREDENTIALS") ?? Must(logon[56].StartsWith("LMX", StringComparison.Ordinal), "TargetCompID");

    protected override string? JudgeBody(BrokerMessage message) =>
        Must(message[11].Length <= 20, "ClOrdID has at most 20 characters") ?? Must(!message.Has(22) || message[22] == "8", "SecurityIDSource is 8")
        ?? Must(!message.Has(48) || message[48] == WireName, "unknown instrument") ?? OneOf(message, 54, "12") ?? (message.Type switch
        {
            "D" => OneOf(message, 40, "1234") ?? OneOf(message, 59, "0134") ?? JudgePrices(message, "24", "34"),
            "G" => OneOf(message, 40, "2"),
            _ => null,
        });

    private string Report(BrokerOrder order, char type, string name, string more = "", char? status = null, decimal? leaves = null) =>
        $"35=8|37={order.OrderId}|11={name}|17={NextExecution()}|150={type}|39={status ?? order.Status}|48=4001|22=8|{order.Echo(54, 40, 59)}38={Text(order.Quantity)}|"
        + $"151={Text(leaves ?? order.Leaves)}|14={Text(order.Filled)}|6={Text(order.Average)}|60={DateTime.UtcNow:yyyyMMdd-HH:mm:ss.fff}|{more}";
}
