using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Messages to RabbitMQ.</summary>
internal static class AmqpSection
{
    private static readonly ParsedForm<Uri> Address = new("an address of amqp or amqps", "amqp://shop:${SHOP_PASSWORD}@127.0.0.1:5672/", text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
        ? address
        : throw new FormatException($"'{text}' is no address of amqp or amqps, such as amqp://127.0.0.1:5672/.")) { HasVariables = true };

    public static readonly Field<Uri> Connect = new("connect", Address, "The address, such as amqp://shop:${SHOP_PASSWORD}@127.0.0.1:5672/; ${NAME} in it is a variable of the environment.") { IsRequired = true };

    public static readonly Field<string> Exchange = new("exchange", Texts.Plain, "Where messages are published. Default: the default exchange.");

    public static readonly Field<string> Queue = new("queue", Texts.Plain, "The queue that they come to; the routing key too. It has to exist. Read back without taking anything out.") { IsRequired = true };

    public static readonly Field<string> Body = new("body", Texts.Plain, "What is sent; {id} in it is the id of the write. Default: {id}.");

    public static readonly Section Section = new("amqp", "Messages to RabbitMQ, persistent: a publisher confirm acknowledges.", [Connect, Exchange, Queue, Body]);
}
