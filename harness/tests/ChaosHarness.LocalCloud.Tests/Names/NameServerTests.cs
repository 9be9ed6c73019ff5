using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.LocalCloud.Names;
using CsCheck;

namespace ChaosHarness.LocalCloud.Tests.Names;

/// <summary>What the name server answers, byte by byte, and to whatever anybody may send.</summary>
public sealed class NameServerTests
{
    private static readonly string[] Asked = ["orders.cloud.test", "nobody.cloud.test", "a.b"];
    private static readonly IPAddress Address = IPAddress.Parse("127.20.1.7");
    private readonly NameZone _zone = new("cloud.test");
    private NameServer _server = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _zone.Add("orders.cloud.test", () => new NameRecord(Address, TimeSpan.FromSeconds(5)));
        _zone.Add("making.cloud.test", () => null);
        _server = new NameServer(_zone);
    }

    [OneTimeTearDown]
    public void End() => _server.Dispose();

    [Test]
    public void A_name_leads_to_its_address_for_its_time()
    {
        var question = DnsRequest.For("Orders.Cloud.TEST");
        var answer = Ask(question);

        Assert.That(answer[..2], Is.EqualTo(question[..2]), "its number");
        Assert.That((Flags(answer), Count(answer, 4), Count(answer, 6), Count(answer, 8), Count(answer, 10)), Is.EqualTo((0x8500, 1, 1, 0, 0)), "an answer with authority, recursion asked for and not there");
        Assert.That(answer[12..question.Length], Is.EqualTo(question[12..]), "the question as it was written");
        Assert.That(DnsReply.Read(answer, question), Is.EqualTo(new DnsReply(DnsCode.NoError, Address, TimeSpan.FromSeconds(5))));
    }

    [TestCase("nobody.cloud.test", 3)]
    [TestCase("cloud.test", 3)]
    [TestCase("example.org", 5)]
    [TestCase("evilcloud.test", 5, Description = "Only whole labels are of the zone.")]
    [TestCase("making.cloud.test", 0, Description = "It is there, and leads nowhere yet.")]
    public void What_leads_nowhere_says_why(string name, int code)
    {
        var question = DnsRequest.For(name);
        var answer = Ask(question);

        Assert.That((Flags(answer) & 0xf, Count(answer, 6)), Is.EqualTo((code, 0)));
        Assert.That(DnsReply.Read(answer, question)!.Address, Is.Null);
    }

    [Test]
    public void Another_type_of_a_name_that_is_there_is_no_error_and_no_answer()
    {
        var question = DnsRequest.For("orders.cloud.test");
        question[^3] = 28;

        Assert.That((Flags(Ask(question)) & 0xf, Count(Ask(question), 6)), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Extensions_are_answered_with_extensions_and_a_later_version_of_them_is_refused()
    {
        var question = Extended(DnsRequest.For("orders.cloud.test"), version: 0);
        var answer = Ask(question);
        Assert.That((Count(answer, 6), Count(answer, 10)), Is.EqualTo((1, 1)));
        Assert.That(answer[^11..^6], Is.EqualTo(new byte[] { 0, 0, 41, 0x04, 0xd0 }), "up to 1232 bytes");

        var later = Ask(Extended(DnsRequest.For("orders.cloud.test"), version: 1));
        Assert.That((Flags(later) & 0xf, later[^6], Count(later, 6)), Is.EqualTo((0, 1, 0)), "16, in two parts");
    }

    [Test]
    public void What_cannot_be_read_is_said_to_be_so_and_what_is_no_question_is_not_answered()
    {
        var question = DnsRequest.For("orders.cloud.test");
        byte[] With(int at, byte value) => [.. question[..at], value, .. question[(at + 1)..]];

        Assert.That(Code(With(2, 0x29)), Is.EqualTo(4), "an update");
        Assert.That(Code(With(5, 2)), Is.EqualTo(1), "two questions, one of which is not there");
        Assert.That(Code(With(5, 0)), Is.EqualTo(1), "none");
        Assert.That(Code(With(7, 1)), Is.EqualTo(1), "an answer in a question");
        Assert.That(Code(question[..^1]), Is.EqualTo(1), "cut off");
        Assert.That(Code(With(12, 0xc0)), Is.EqualTo(1), "a pointer to nowhere");
        Assert.That(Code(With(question.Length - 1, 3)), Is.EqualTo(5), "another class");
        Assert.That(DnsQuestion.Read(With(2, 0x80)), Is.Null, "an answer");
        Assert.That(DnsQuestion.Read(question.AsMemory(0, 11)), Is.Null);
        Assert.That(DnsQuestion.Read(Array.Empty<byte>()), Is.Null);

        int Code(byte[] message) => DnsAnswer.To(DnsQuestion.Read(message)!, _zone)[3] & 0xf;
    }

    [Test]
    public async Task Over_a_stream_questions_come_one_after_the_other()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.EndPoint);
        var stream = client.GetStream();
        byte[][] questions = [DnsRequest.For("orders.cloud.test"), DnsRequest.For("nobody.cloud.test"), DnsRequest.For("orders.cloud.test")];
        await stream.WriteAsync(questions.SelectMany(question => (byte[])[0, (byte)question.Length, .. question]).ToArray());

        foreach (var (question, found) in questions.Zip([true, false, true]))
        {
            var length = new byte[2];
            await stream.ReadExactlyAsync(length);
            var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(answer);
            Assert.That(DnsReply.Read(answer, question)!.Address is not null, Is.EqualTo(found));
        }
    }

    [Test]
    public void Whatever_comes_is_answered_in_order_or_not_at_all() => Messages().Sample(message =>
    {
        if (DnsQuestion.Read(message) is not { } question)
        {
            return;
        }

        var answer = DnsAnswer.To(question, _zone);
        Assert.That(answer, Has.Length.AtLeast(12).And.Length.AtMost(message.Length + 64), "nobody is flooded with more than was asked");
        Assert.That(answer[..2], Is.EqualTo(message[..2]));
        Assert.That(DnsQuestion.Read(answer), Is.Null, "no answer is taken for a question");
    });

    [Test]
    public void Whatever_comes_back_is_an_answer_or_none()
    {
        var question = DnsRequest.For("orders.cloud.test");
        Gen.OneOf(Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 40].Select(rest => (byte[])[.. question[..2], 0x85, 0, 0, 1, 0, 2, 0, 0, 0, 0, .. question[12..], .. rest]))
            .Sample(message => _ = DnsReply.Read(message, question));
    }

    // Any bytes; and questions of which a few bytes were changed, cut off or added.
    private static Gen<byte[]> Messages() => Gen.OneOf(
        Gen.Byte.Array[0, 80],
        Gen.Select(Gen.Int[0, 2].Select(index => Asked[index]), Gen.Bool, Gen.Select(Gen.Int[0, 60], Gen.Byte).Array[0, 4], Gen.Int[0, 12], Gen.Byte.Array[0, 8]).Select((name, isExtended, changes, cut, added) =>
        {
            var question = isExtended ? Extended(DnsRequest.For(name), 0) : DnsRequest.For(name);
            foreach (var (at, value) in changes)
            {
                question[at % question.Length] = value;
            }

            return (byte[])[.. question[..^cut], .. added];
        }));

    private static byte[] Extended(byte[] question, byte version)
    {
        question[11] = 1;
        return [.. question, 0, 0, 41, 0x10, 0, 0, version, 0, 0, 0, 0];
    }

    private static int Flags(byte[] message) => Count(message, 2);

    private static int Count(byte[] message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at));

    private byte[] Ask(byte[] question)
    {
        using var client = new UdpClient();
        client.Connect(_server.EndPoint);
        client.Client.ReceiveTimeout = 5_000;
        client.Send(question);
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        return client.Receive(ref anyone);
    }
}
