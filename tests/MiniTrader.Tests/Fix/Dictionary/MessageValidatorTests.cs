using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>What each check finds, and what the toggles let pass; all by hand against a small dictionary.</summary>
public sealed class MessageValidatorTests
{
    private const string Good = "35=D|34=2|52=20261122-10:00:00|11=id|55=SPY|54=1|";
    private static readonly FixDictionary _dictionary = SampleDictionary.Load();
    private readonly FixParser _parser = new(dataFields: _dictionary.DataFields);

    [Theory]
    [InlineData(Good)]
    [InlineData("35=0|34=1|")]
    [InlineData("35=0|34=1|627=1|628=A|630=5|112=x|")]
    [InlineData(Good + "18=1 G 6|44=-0.000000000001|60=20261122-23:59:60.123456|272=20240229|273=00:00:00.5|123=N|167=FUT|20000=1|5007=A_LONG_VALUE|")]
    [InlineData(Good + "1=a|453=2|448=p|447=D|452=1|802=2|523=a|803=1|523=b|448=q|452=2|44=1|")]
    [InlineData(Good + "453=0|")]
    [InlineData(Good + "20001=3|20002=a|b|")]
    public void Good_messages_pass(string body) => Assert.True(Check(body).IsOk, Check(body).ToString());

    [Theory]
    [InlineData(Good + "999=x|", SessionRejectReason.InvalidTagNumber, 999, "Invalid tag number")]
    [InlineData(Good + "0=x|", SessionRejectReason.InvalidTagNumber, 0, "Invalid tag number")]
    [InlineData(Good + "-1=x|", SessionRejectReason.InvalidTagNumber, -1, "Invalid tag number")]
    [InlineData(Good + "5000=x|", SessionRejectReason.InvalidTagNumber, 5000, "Invalid tag number")]
    [InlineData(Good + "99999=x|", SessionRejectReason.InvalidTagNumber, 99999, "Invalid tag number")]
    [InlineData("35=D|34=2|55=SPY|54=1|", SessionRejectReason.RequiredTagMissing, 11, "Required tag missing")]
    [InlineData("35=D|34=2|11=a|54=1|", SessionRejectReason.RequiredTagMissing, 55, "Required tag missing")]
    [InlineData("35=D|11=a|55=SPY|54=1|", SessionRejectReason.RequiredTagMissing, 34, "Required tag missing")]
    [InlineData(Good + "453=1|448=p|", SessionRejectReason.RequiredTagMissing, 452, "Required tag missing")]
    [InlineData(Good + "112=x|", SessionRejectReason.TagNotDefinedForThisMessageType, 112, "Tag not defined for this message type")]
    [InlineData(Good + "448=x|", SessionRejectReason.TagNotDefinedForThisMessageType, 448, "Tag not defined for this message type")]
    [InlineData(Good + "44=|", SessionRejectReason.TagSpecifiedWithoutValue, 44, "Tag specified without a value")]
    [InlineData("35=D|34=2|11=id|55=SPY|54=3|", SessionRejectReason.ValueIsIncorrect, 54, "Value is incorrect (out of range) for this tag")]
    [InlineData(Good + "18=1 X|", SessionRejectReason.ValueIsIncorrect, 18, "Value is incorrect (out of range) for this tag")]
    [InlineData(Good + "167=BOO|", SessionRejectReason.ValueIsIncorrect, 167, "Value is incorrect (out of range) for this tag")]
    [InlineData(Good + "5007=A_LONG_VALUF|", SessionRejectReason.ValueIsIncorrect, 5007, "Value is incorrect (out of range) for this tag")]
    [InlineData(Good + "44=+200.00|", SessionRejectReason.IncorrectDataFormat, 44, "Incorrect data format for value")]
    [InlineData(Good + "44=1e5|", SessionRejectReason.IncorrectDataFormat, 44, "Incorrect data format for value")]
    [InlineData(Good + "60=20261122|", SessionRejectReason.IncorrectDataFormat, 60, "Incorrect data format for value")]
    [InlineData(Good + "272=20230229|", SessionRejectReason.IncorrectDataFormat, 272, "Incorrect data format for value")]
    [InlineData(Good + "273=24:00:00|", SessionRejectReason.IncorrectDataFormat, 273, "Incorrect data format for value")]
    [InlineData(Good + "123=y|", SessionRejectReason.IncorrectDataFormat, 123, "Incorrect data format for value")]
    [InlineData("35=D|34=2|11=id|55=SPY|54=buy|", SessionRejectReason.IncorrectDataFormat, 54, "Incorrect data format for value")]
    [InlineData("35=D|34=x|11=id|55=SPY|54=1|", SessionRejectReason.IncorrectDataFormat, 34, "Incorrect data format for value")]
    [InlineData(Good + "453=1|448=p|452=x|", SessionRejectReason.IncorrectDataFormat, 452, "Incorrect data format for value")]
    [InlineData(Good + "453=1|448=p|452=1|802=2|523=a|523=b|803=x|", SessionRejectReason.IncorrectDataFormat, 803, "Incorrect data format for value")]
    [InlineData(Good + "453=x|", SessionRejectReason.IncorrectDataFormat, 453, "Incorrect data format for value")]
    [InlineData("35=Z|34=2|", SessionRejectReason.InvalidMsgType, null, "Invalid MsgType")]
    [InlineData("35=|34=2|", SessionRejectReason.InvalidMsgType, null, "Invalid MsgType")]
    [InlineData(Good + "54=2|", SessionRejectReason.TagAppearsMoreThanOnce, 54, "Tag appears more than once")]
    [InlineData("35=D|34=2|34=2|11=id|55=SPY|54=1|", SessionRejectReason.TagAppearsMoreThanOnce, 34, "Tag appears more than once")]
    [InlineData(Good + "453=1|448=p|452=1|452=1|", SessionRejectReason.TagAppearsMoreThanOnce, 452, "Tag appears more than once")]
    [InlineData(Good + "52=20261122-10:00:00|", SessionRejectReason.TagSpecifiedOutOfRequiredOrder, 52, "Tag specified out of required order")]
    [InlineData(Good + "93=1|89=x|44=1|", SessionRejectReason.TagSpecifiedOutOfRequiredOrder, 44, "Tag specified out of required order")]
    [InlineData(Good + "453=2|448=p|452=1|44=1|", SessionRejectReason.IncorrectNumInGroupCount, 453, "Incorrect NumInGroup count for repeating group")]
    [InlineData(Good + "453=1|448=p|452=1|448=q|452=1|", SessionRejectReason.IncorrectNumInGroupCount, 453, "Incorrect NumInGroup count for repeating group")]
    [InlineData(Good + "453=3|448=p|452=x|", SessionRejectReason.IncorrectNumInGroupCount, 453, "Incorrect NumInGroup count for repeating group")]
    [InlineData(Good + "453=1|", SessionRejectReason.IncorrectNumInGroupCount, 453, "Incorrect NumInGroup count for repeating group")]
    [InlineData(Good + "453=1|448=p|452=1|802=3|523=a|523=b|", SessionRejectReason.IncorrectNumInGroupCount, 802, "Incorrect NumInGroup count for repeating group")]
    [InlineData(Good + "453=1|452=1|448=p|", SessionRejectReason.Other, 453, "Group 453's first entry does not start with delimiter 448")]
    public void Each_mistake_is_named(string body, SessionRejectReason reason, int? refTag, string text)
    {
        ValidationResult result = Check(body);
        Assert.Equal((false, reason, refTag, text), (result.IsOk, result.Reason, result.HasRefTag ? result.RefTag : null, result.ToString()));
    }

    [Fact]
    public void Toggles_let_pass_what_they_name()
    {
        Assert.True(Check(Good + "52=20261122-10:00:00|", new() { ValidateFieldsOutOfOrder = false }).Reason == SessionRejectReason.TagAppearsMoreThanOnce);
        Assert.True(Check("35=D|34=2|11=id|52=20261122-10:00:00|55=SPY|54=1|", new() { ValidateFieldsOutOfOrder = false }).IsOk);
        Assert.True(Check(Good + "44=|", new() { ValidateFieldsHaveValues = false }).IsOk);
        Assert.True(Check(Good + "5000=x|", new() { ValidateUserDefinedFields = false }).IsOk);
        Assert.True(Check(Good + "5007=NONE|", new() { ValidateUserDefinedFields = false }).IsOk);
        Assert.False(Check(Good + "999=x|", new() { ValidateUserDefinedFields = false }).IsOk);
        Assert.True(Check(Good + "999=x|112=y|5000=x|", new() { AllowUnknownMsgFields = true }).IsOk);
        Assert.False(Check(Good + "0=x|", new() { AllowUnknownMsgFields = true }).IsOk);
        const string unordered = Good + "453=1|448=p|452=1|447=D|";
        Assert.True(Check(unordered).IsOk);
        ValidationResult result = Check(unordered, new() { ValidateUnorderedGroupFields = true });
        Assert.Equal((SessionRejectReason.RepeatingGroupFieldsOutOfOrder, 447), (result.Reason, result.RefTag));
    }

    [Fact]
    public void Fixt_takes_the_body_from_the_application_dictionary()
    {
        FixDictionary transport = SampleDictionary.Load(SampleDictionary.Xml.Replace("\"FIX\" major=\"4\" minor=\"4\"", "\"FIXT\" major=\"1\" minor=\"1\"", StringComparison.Ordinal)
            .Replace("msgtype=\"D\"", "msgtype=\"Z\"", StringComparison.Ordinal));
        MessageValidator validator = new(transport, _dictionary);
        Assert.Equal("FIXT.1.1", transport.Version);
        _parser.Parse(FixText.Message(Good), out FixMessage message, out _);
        Assert.True(validator.Validate(message).IsOk);
        _parser.Parse(FixText.Message("35=Y|34=1|"), out message, out _);
        Assert.Equal(SessionRejectReason.InvalidMsgType, validator.Validate(message).Reason);

        // A message that the transport dictionary knows is the transport's, as is XMLnonFIX.
        _parser.Parse(FixText.Message("35=Z|34=1|11=a|55=b|54=1|"), out message, out _);
        Assert.True(validator.Validate(message).IsOk);
        _parser.Parse(FixText.Message("35=0|34=1|"), out message, out _);
        Assert.True(validator.Validate(message).IsOk);
    }

    [Fact]
    public void The_built_in_table_checks_forms_and_what_is_required_and_lets_the_rest_pass()
    {
        MessageValidator validator = new(FixDictionary.BuiltIn);
        const string head = "34=2|49=A|52=20261122-10:00:00|56=B|";
        Assert.True(validator.Validate(Parse("35=8|" + head + "39=0|150=0|9999=venue|54=x|268=2|269=0|269=1|")).IsOk);
        Assert.True(validator.Validate(Parse("35=UX|" + head + "9999=venue|")).IsOk);
        Assert.Equal(150, validator.Validate(Parse("35=8|" + head + "39=0|")).RefTag);
        Assert.Equal(SessionRejectReason.IncorrectDataFormat, validator.Validate(Parse("35=8|" + head + "39=0|150=0|31=1,5|")).Reason);
        Assert.Equal(SessionRejectReason.TagSpecifiedWithoutValue, validator.Validate(Parse("35=8|" + head + "39=0|150=0|31=|")).Reason);
        Assert.Equal(56, validator.Validate(Parse("35=0|34=1|49=A|52=20261122-10:00:00|")).RefTag);
    }

    [Fact]
    public void Bodies_are_copied_in_canonical_order()
    {
        byte[] buffer = new byte[1024];
        CanonicalOrder order = new(_dictionary, 64);
        FixWriter writer = new(buffer, new HeaderTemplate("FIX.4.4", []));
        writer.BeginBare(MsgTypes.NewOrderSingle);
        Assert.True(order.CopyBody(
            Parse("35=D|34=2|55=SPY|453=2|448=p|452=1|802=2|523=a|803=1|523=b|447=D|448=q|447=C|54=1|11=id|1=x|"), ref writer));
        Assert.Equal(
            FixText.Show(FixText.Message("35=D|1=x|11=id|54=1|55=SPY|453=2|448=p|447=D|452=1|802=2|523=a|803=1|523=b|448=q|447=C|")),
            FixText.Show(writer.End()));
    }

    private FixMessage Parse(string body)
    {
        Assert.Equal(ParseStatus.Message, _parser.Parse(FixText.Message(body), out FixMessage message, out _));
        return message;
    }

    private ValidationResult Check(string body, ValidationOptions? options = null) => new MessageValidator(_dictionary, options: options).Validate(Parse(body));
}
