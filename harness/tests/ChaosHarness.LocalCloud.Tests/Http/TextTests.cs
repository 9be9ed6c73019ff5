using System.Text;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Resources;
using CsCheck;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>Small parsers, with anything that may be thrown at them.</summary>
public sealed class TextTests
{
    [Test]
    public void What_is_encoded_is_decoded_as_it_was() => Gen.String[Gen.Char[(char)1, (char)0xd7ff], 0, 30].Sample(text =>
        UrlText.Decode(UrlText.Encode(text)) == text && UrlText.Encode(text).All(character => char.IsAsciiLetterOrDigit(character) || "-._~%".Contains(character, StringComparison.Ordinal)));

    [Test]
    public void Forms_are_read_whatever_they_hold() => Gen.Select(Gen.String[0, 10], Gen.String[0, 10]).List[0, 5].Sample(pairs =>
    {
        var text = string.Join('&', pairs.Select(pair => $"{UrlText.Encode(pair.Item1)}={UrlText.Encode(pair.Item2)}"));
        return UrlText.Pairs(text).Count() == pairs.Count && UrlText.Parse(text).Count <= pairs.Count;
    });

    [TestCase("a=1&b", "a=1;b=")]
    [TestCase("&&=x&", "=x")]
    [TestCase("a+b=c%20d", "a b=c d")]
    public void Odd_forms_are_read(string text, string pairs) => Assert.That(string.Join(';', UrlText.Pairs(text).Select(pair => $"{pair.Name}={pair.Value}")), Is.EqualTo(pairs));

    [TestCase("web-*", "web-1", true)]
    [TestCase("web-?", "web-12", false)]
    [TestCase("a.b", "axb", false)]
    [TestCase("*", "", true)]
    [TestCase("web", null, false)]
    public void Wildcards_match(string pattern, string? value, bool matches) => Assert.That(Wildcard.Matches(pattern, value), Is.EqualTo(matches));

    [Test]
    public void Pages_together_are_the_list() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20]).Sample((count, size) =>
    {
        var all = Enumerable.Range(0, count).ToList();
        var seen = new List<int>();
        string? token = null;
        do
        {
            var (items, next) = Page.Of(all, size, token, () => new AwsErrorException("x", "y"));
            Assert.That(items, Has.Count.LessThanOrEqualTo(size));
            seen.AddRange(items);
            token = next;
        }
        while (token is not null);
        return seen.SequenceEqual(all);
    });

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("cGFnZTp4")]
    public void A_token_that_was_never_given_is_refused(string token) => Assert.That(() => Page.Of([1, 2], 1, token, () => new AwsErrorException("Bad", "bad")), Throws.TypeOf<AwsErrorException>());

    [Test]
    public void Chunks_are_put_together() => Gen.String[Gen.Char.AlphaNumeric, 1, 50].List[0, 6].Sample(chunks =>
    {
        var body = string.Concat(chunks.Select(chunk => $"{chunk.Length:x};chunk-signature=0\r\n{chunk}\r\n")) + "0;chunk-signature=0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n";
        return Encoding.ASCII.GetString(ChunkedBody.Read(Encoding.ASCII.GetBytes(body))) == string.Concat(chunks);
    });

    [TestCase("")]
    [TestCase("5\r\nab\r\n")]
    [TestCase("zz\r\nab\r\n0\r\n")]
    [TestCase("3\r\nabc\r\n")]
    public void Chunks_that_are_cut_short_are_refused(string body) => Assert.That(() => ChunkedBody.Read(Encoding.ASCII.GetBytes(body)), Throws.TypeOf<AwsErrorException>().With.Property("Code").EqualTo("IncompleteBody"));
}
