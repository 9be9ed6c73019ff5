using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>The toxics of a proxy. Checks what is asked as a whole before anything changes.</summary>
internal sealed class ToxicSet
{
    private readonly List<Toxic> _toxics = [];
    private long _nextOrder;

    /// <summary>In order of adding.</summary>
    public IReadOnlyList<Toxic> InOrder => _toxics;

    /// <summary>As clients see them: first all upstream, then all downstream.</summary>
    public Toxic[] Listed => [.. _toxics.OrderBy(toxic => toxic.Direction)];

    public Toxic Get(string name) => _toxics.Find(toxic => toxic.Name == name) ?? throw RefusedException.ToxicNotFound();

    public Toxic Add(ToxicRequest request)
    {
        var toxic = Make(request);
        if (_toxics.Exists(present => present.Name == toxic.Name))
        {
            throw RefusedException.ToxicExists();
        }

        _toxics.Add(toxic);
        return toxic;
    }

    public Toxic Change(string name, ToxicRequest request)
    {
        var toxic = Get(name);
        var changed = toxic with
        {
            Attributes = Checked(() => toxic.Attributes.With(request.Attributes)),
            Toxicity = Checked(toxic.Type, request.Toxicity ?? toxic.Toxicity),
            Lease = request.Lease is null ? toxic.Lease : ProxyChange.NoneWhenZero(request.Lease),
        };
        _toxics[_toxics.IndexOf(toxic)] = changed;
        return changed;
    }

    public Toxic Remove(string name)
    {
        var toxic = Get(name);
        _toxics.Remove(toxic);
        return toxic;
    }

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InvalidToxicException exception)
        {
            throw RefusedException.BadBody(exception.Message);
        }
    }

    private static float Checked(ToxicType type, float toxicity) => type.HangsConnects && toxicity is not (0 or 1)
        ? throw RefusedException.BadBody($"toxicity of {type.Name} is 0 or 1: a connection that does not come about cannot be chosen")
        : toxicity;

    private Toxic Make(ToxicRequest request)
    {
        var stream = request.Stream ?? "downstream";
        if (!Enum.TryParse<Direction>(stream, ignoreCase: true, out var direction) || !Enum.IsDefined(direction) || !char.IsLetter(stream[0]))
        {
            throw RefusedException.InvalidStream();
        }

        var type = ToxicTypes.Find(request.Type ?? "") ?? throw RefusedException.InvalidType();
        return new Toxic
        {
            Name = string.IsNullOrEmpty(request.Name) ? $"{type.Name}_{stream}" : request.Name,
            Type = type,
            Direction = direction,
            StreamText = stream,
            Toxicity = Checked(type, request.Toxicity ?? 1),
            Attributes = Checked(() => ToxicAttributes.DefaultsOf(type).With(request.Attributes)),
            Order = _nextOrder++,
            Lease = ProxyChange.NoneWhenZero(request.Lease),
        };
    }
}
