namespace ChaosHarness.LocalCloud.Names;

/// <summary>How a question of DNS was answered: RFC 1035, section 4.1.1, and RFC 6891.</summary>
internal enum DnsCode
{
    NoError = 0,

    /// <summary>The question cannot be read.</summary>
    FormatError = 1,

    /// <summary>There is no such name.</summary>
    NameError = 3,

    /// <summary>This kind of question is not answered.</summary>
    NotImplemented = 4,

    /// <summary>The name is of no zone of this server, which asks no other.</summary>
    Refused = 5,

    /// <summary>A version of the extensions that nobody knows.</summary>
    BadVersion = 16,
}
