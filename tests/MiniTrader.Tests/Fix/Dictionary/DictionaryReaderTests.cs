using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Reading dictionaries: what is in them, and what a broken one is told.</summary>
public sealed class DictionaryReaderTests
{
    [Fact]
    public void A_dictionary_holds_what_its_file_says()
    {
        FixDictionary dictionary = SampleDictionary.Load();
        Assert.Equal("FIX.4.4", dictionary.Version);
        Assert.Equal(2, dictionary.MessageCount);
        FieldSet order = dictionary.Message(MsgTypes.NewOrderSingle)!;
        Assert.Equal([11, 55, 54], order.Required.ToArray().Select(field => field.Tag));
        GroupDefinition parties = order.GroupOf(453)!;
        Assert.Equal((453, 448), (parties.CountTag, parties.DelimiterTag));
        Assert.Equal([448, 447, 452, 802], parties.Entry.Fields.ToArray().Select(field => field.Tag));
        Assert.Equal(523, parties.Entry.GroupOf(802)!.DelimiterTag);
        Assert.Null(order.GroupOf(55));
        Assert.Equal("MySize", dictionary.Field(20000)!.Name);
        Assert.Null(dictionary.Field(77));
        Assert.Equal(20002, dictionary.DataFields.DataTagOf(20001));
        Assert.Equal(96, dictionary.DataFields.DataTagOf(95));
        Assert.True(dictionary.IsHeader(628));
        Assert.True(dictionary.IsTrailer(10));
    }

    [Theory]
    [InlineData("<fix type=\"FIX\" major=\"4\"", "line 1: this is no XML")]
    [InlineData("<fox />", "starts with <fix>, not with <fox>")]
    [InlineData("<fix type=\"FAST\" major=\"4\" minor=\"4\" />", "the type is FIX or FIXT, not 'FAST'")]
    [InlineData("<fix major=\"4\" />", "<fix> has no attribute 'minor'")]
    [InlineData("<fix major=\"4\" minor=\"4\" />", "<fields> is missing")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields><field number=\"x\" name=\"A\" type=\"INT\"/></fields></fix>", "field A has the number 'x', which is no tag")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields><field number=\"1\" name=\"A\" type=\"NUMBER\"/></fields></fix>", "field A has the unknown type 'NUMBER'")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields/></fix>", "<messages> is missing")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields/><messages>\n<message name=\"M\" msgtype=\"D\"><field name=\"B\"/></message></messages></fix>", "line 2: field B is not defined under <fields>")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields/><messages><message name=\"M\" msgtype=\"D\"><component name=\"C\"/></message></messages></fix>", "component C is not defined")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields/><messages><message name=\"M\" msgtype=\"D\"/><message name=\"N\" msgtype=\"D\"/></messages></fix>", "message type 'D' is defined twice")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields/><components><component name=\"C\"><component name=\"C\"/></component></components><messages><message name=\"M\" msgtype=\"D\"><component name=\"C\"/></message></messages></fix>", "hold themselves")]
    [InlineData("<fix major=\"4\" minor=\"4\"><fields><field number=\"1\" name=\"N\" type=\"INT\"/></fields><messages><message name=\"M\" msgtype=\"D\"><group name=\"N\"/></message></messages></fix>", "group N has no fields")]
    [InlineData("<!DOCTYPE fix [<!ENTITY a \"b\">]><fix/>", "this is no XML")]
    public void A_broken_dictionary_is_told_what_is_wrong_and_where(string xml, string message)
    {
        string sentence = Assert.Throws<InvalidDataException>(() => SampleDictionary.Load(xml)).Message;
        Assert.Contains(message, sentence, StringComparison.Ordinal);
        Assert.StartsWith("sample.xml, line ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_service_packs_are_in_the_version() =>
        Assert.Equal("FIX.5.0SP2", SampleDictionary.Load("<fix type=\"FIX\" major=\"5\" minor=\"0\" servicepack=\"2\"><fields/><messages/></fix>").Version);
}
