using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using Amazon.Runtime;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Clients;

/// <summary>The exceptions of a service, by the codes that it sends.</summary>
internal sealed class ServiceErrors
{
    private static readonly ConcurrentDictionary<Type, ServiceErrors> Known = new();
    private readonly Dictionary<string, Type> _byCode = new(StringComparer.Ordinal);
    private readonly Type _any;

    private ServiceErrors(Type requestBase)
    {
        var types = requestBase.Assembly.GetTypes().Where(type => typeof(AmazonServiceException).IsAssignableFrom(type)).ToList();
        foreach (var type in types.Where(type => type.Namespace == requestBase.Namespace))
        {
            _byCode[type.GetCustomAttribute<ErrorAttribute>()!.Code] = type;
        }

        _any = types.Single(type => requestBase.Namespace == type.Namespace + ".Model");
    }

    /// <summary>Those of the service whose requests derive from a type.</summary>
    public static ServiceErrors Of(Type requestBase) => Known.GetOrAdd(requestBase, static type => new ServiceErrors(type));

    public AmazonServiceException Make(string? code, string? message, Exception inner, string? requestId, HttpStatusCode status)
    {
        var type = code is not null && _byCode.TryGetValue(code, out var found) ? found : _any;
        var said = message ?? string.Create(CultureInfo.InvariantCulture, $"{code ?? "The service"} answered with HTTP {(int)status}.");
        var errorType = (int)status < 500 ? ErrorType.Sender : ErrorType.Receiver;
        return (AmazonServiceException)Activator.CreateInstance(type, said, inner, errorType, code, requestId, status)!;
    }
}
