"""Words that say nothing of a paper's subject: plain lists, of English and of academic prose.

`FUNCTION` words end a phrase. `EMPTY` words may stand in a text but in no term that is shown,
and are no feature. `GENERIC` words are features and parts of phrases, but no term on their own.
None of the lists names a field, a method or a data set.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _inflected(text: str) -> frozenset[str]:
    """The forms of regular English verbs: deploy, deploys, deployed, deploying."""
    forms: set[str] = set()
    for verb in text.split():
        root = verb[:-1] if verb.endswith("e") else verb
        past = verb[:-1] + "ied" if re.search("[^aeiou]y$", verb) else root + "ed"
        forms |= {verb, verb + "s", past, root + "ing"}
    return frozenset(forms)


DETERMINERS = _words(
    "a an the this that these those our their its his her my your each every some any another"
)
"""What follows a verb or a preposition and hardly ever a noun."""

VERB_CUES = _words(
    "to we can could will would may might must should shall cannot not they i you it who then"
)
"""What stands before a verb and hardly ever before a noun."""

FUNCTION = (
    DETERMINERS
    | VERB_CUES
    | _words(
        """
about above across after against all almost alone along already also although always am among
amongst and anyone anything are around as at away be became because become becomes been before
being below beneath beside besides between beyond both but by did do does doing done down due
during e either else enough etc even ever everyone everything except few fewer for from further g
get gets getting had has have having he hence here him how however i.e if in indeed inside instead
into is itself just least less let like many me merely more moreover most mostly much neither
never nevertheless next no nobody none nor nothing now of off often on once one only onto or other
others otherwise ourselves out outside over own per perhaps quite rather s same she since so
somehow something sometimes somewhere still such t than them themselves there thereby therefore
therein thus through throughout till together too toward towards under unless unlike until several
up upon us versus very via vs was well were what whatever when whenever where whereas whereby
wherein whether which whichever while whom whose why with within without yet zero two three four
five six seven eight nine ten hundred thousand million billion first second third fourth fifth
firstly secondly thirdly finally lastly last half twice don didn doesn isn aren wasn weren won
wouldn couldn shouldn hasn haven hadn ain ie eg al cf namely respectively furthermore additionally
meanwhile subsequently consequently accordingly particularly especially specifically notably
importantly interestingly surprisingly currently recently previously typically usually generally
commonly widely highly greatly significantly substantially considerably effectively efficiently
successfully directly simply easily explicitly automatically simultaneously jointly mainly
primarily largely fully completely entirely relatively extremely increasingly slightly
consistently ultimately essentially potentially possibly
"""
    )
)

EMPTY = _inflected(
    """
accelerate accept accommodate accomplish account achieve acquire address adhere adjust adopt
advance aid aim alleviate allow analyse analyze apply argue arise assess assign assume attain
attempt avoid boost bridge characterise characterize circumvent claim combine compare compete
complement complete comprise conclude conduct confirm consider constitute construct contain
continue contribute correlate cover create decouple deliver demonstrate denote depend deploy
derive describe detail develop deviate devise diagnose differ diminish disclose discuss disprove
distinguish diversify divide drop elaborate eliminate elucidate emerge emphasise emphasize employ
enable encompass encounter encourage engage enhance enlarge enrich ensure entail establish
estimate evaluate evidence evolve examine exceed exhibit exist expand expect explain exploit
explore extend face facilitate fail fix focus follow formulate foster fulfil fulfill generalise
generalize generate grant guarantee guide handle happen help highlight hinder identify illustrate
imply impose improve incorporate increase incur indicate induce infer influence inform initiate
inspire instantiate integrate intend introduce investigate involve isolate judge justify lack last
launch lead leverage limit locate look maintain maximise maximize measure mention minimise
minimize mitigate modify motivate move need observe obtain occur offer operate oppose optimise
optimize outline outperform overlook perform permit persist pinpoint pose possess postulate
predict prefer prepare present preserve prevent prioritise prioritize proceed produce promise
promote propose prove provide publish pursue quantify raise reach realise realize receive
recognise recognize reconcile recover reduce refer refine reflect regard relate relax release rely
remain remove render repeat replace report represent require resolve resort respect restrict
result retain retrieve reveal review revisit revolutionise revolutionize rival satisfy save seek
serve shorten show simplify solve specify stabilise stabilize start stem strengthen study succeed
suffer suggest support suppose surpass synthesise synthesize tackle tailor target tend think treat
trigger try turn underlie understand undertake undo unify unleash unlock utilise utilize validate
vary verify want witness work yield
"""
) | _words(
    """
amp art cid gt lt nbsp quot stateoftheart offtheshelf endtoend
ability ablation able abstract academic accept accepted
access according account achieve achieved achievement achieving acm acquire across act active
accurate accurately actual add added adding addition additional address addressed addressing
adequate adopt adopted
advance advanced advancement advantage affect aim aimed aiming allow allowed allowing alternative
amount analyse analysed analyze analyzed analyzing appendix applicable applied apply applying
approach appropriate approximately apt argue article aspect assess assumption attempt author
available average avoid aware base based baseline basic basis beat behind belong benchmark benefit
best better big body both bring broad build building built called candidate capability capable
carried carry case century certain challenge challenging choice choose chosen clear clearly
closely collect collected com combine combined combining come common comparable comparative
compare compared comparing comparison competitive complete complex complexity comprehensive
comprise concept conceptual concern conclude conclusion condition conduct conducted confirm
consequence consider considerable considered considering consist consistent constitute construct
constructed contain continue contrast contribute contribution conventional core corpora corpus
correct correctly correspond corresponding cover create created creating critical crucial current
daily dataset date day deal decade decrease dedicated define defined degree deliver demonstrate
demonstrated demonstrating demonstration depend dependent depending deploy derive derived describe
described designed desirable despite detail detailed determine develop developed developing
development difference different difficult difficulty direct direction discover discuss discussed
discussion display distinct diverse drastically drawback drive driven early ease easy effect
effective effectiveness efficiency efficient effort elegant element eliminate emerge emerging
emphasis empirical empirically employ employed enable enabled enabling encounter encourage end
enhance enhanced enhancement enhancing enormous ensure ensuring entire equal equally equivalent
essential establish established estimate evaluate evaluated evaluating evaluation evidence evident
exact examine example exceed excellent excessive exciting exhibit exist existing expect expected
experiment experimental experimentally explain explicit exploit exploited exploiting explore
explored exploring extend extended extending extension extensive extensively extent extra extract
extracted extreme face facilitate fact factor fail failure fairly far fast faster feasible find
finding flexible focus focused focusing follow followed following former formulate formulated
found foundation framework free fruitful full fundamental future gain general generic github give
given giving go goal good great greater grow growing guarantee guide hand handle handling hard
harness help high higher highest highlight hold holistic hour http https huge idea ideal
identified identify identifying ieee illustrate immense impact impede implement implementation
implemented imply importance important impose impressive improve improved improvement improving
inadequate incorporate incorporated incorporating increase increased increasing incur indicate
indicating individual inferior influence inform inherent initial innovation innovative insight
insightful inspire inspired instance integrate integrated integrating intend interesting
intermediate introduce introduced introducing intuition intuitive investigate investigated
investigating investigation involve involved involving io issue kdd keep key kind know known lack
large largely larger largest late later latter lead leading learn learned learnt leave led left
leverage leveraged leveraging lie light limit limitation limited limiting list literature little
long longer look lose lot low lower lowest main maintain maintaining major majority make making
manner mean measure meet merit method methodology mild minor minute mitigate mitigating moderate
modern modest modification modify month motivate motivated motivation move multiple multitude
myriad naive name nature necessary need needed new nontrivial notable note noteworthy notion novel
novelty number numerous observation observe observed obtain obtained obtaining offer offering
opensource opensourced option org original outcome outline outperform outperformed outperforming
overall overcome overview page paper paradigm partial particular past pave percent percentage
perform performance performed performing period perspective phase phenomenon plausible play point
poor poorly popular popularity pose posit possible potential powerful pp practical practitioner
precise preliminary presence present presented presenting preserve pressing prevent previous
primary prior proceed produce produced producing profound progress prohibitive project prominent
promise promising promote prone proper properly property proportion proposal propose proposed
proposing prospect prove proven provide provided providing publicly purpose pursue put quantify
quantity quick quickly raise rapid rapidly reach real realise realize receive received recent
recognise recognize reduce reduced reducing reduction refer regard regarding regime relate related
relative release released relevant rely relying remain remaining remarkable remarkably remedy
render report reported represent representative represented require required requirement requiring
research researcher resolve respect respective rest result resulting retain reveal review rich
rigorous rise robustly role rough running satisfactory satisfy say scheme scope seamless
seamlessly see seek seem seen select selected separate serious serve set setting setup severe
severely shed short shortcoming show showcase showing shown side significance significant similar
similarly simple simpler simplicity single situation size sizeable small smaller solely solid
solution solve solving sort sota sourced sourcing specific start starting stem step
straightforward strategy strength striking strive strong stronger strongly studied study studying
subsequent subset substantial subtle succeed success successful suffer sufficient suggest
suggested suitable suite summary superior superiority supplementary support supported surpass
surpassing surprising tackle tailor tailored take taken taking target technique tend tested
thorough thoroughly today tool total tradeoff traditional tremendous trend tried true try turn
twofold typical ubiquitous unable unclear underlie underlying underscore understand understanding
unified unifying unique unknown unprecedented unresolved url use used useful usefulness using
usual utilise utilised utility utilize utilized utilizing valid validate validated validity
valuable variant variety various vary varying vast verified verify versatile vital want way weak
website week wide widespread willing work working worse worst worth write www year yield yielded
yielding
"""
)

EMPTY_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "ground truth",
        "case study",
        "future work",
        "open problem",
        "real world",
        "time consuming",
        "trade off",
        "large scale",
        "sub optimal",
        "wall clock",
        "proof of concept",
        "order of magnitude",
        "point of view",
        "rule of thumb",
        "training set",
        "test set",
        "test data",
        "training data",
        "search space",
        "computation time",
    )
)
"""Phrases of academic prose that no shown term may hold."""

GENERIC = _words(
    """
accuracy action activity adaptation agent algorithm analysis anti application architecture area
attribute author balance batch behavior behaviour bias business call capacity cause change class
close co code collection communication community company component computation computational
computer computing concept configuration constraint construction consumption content context
control convergence cost cross cycle data decision definition degradation demand description
design distribution diversity domain dynamic effect end engineer environment epoch error
estimation evaluation event evolution execution experience expression family feature field fine
form function gap generation global goal group growth implementation inference information input
instruction integration inter interaction interest interpretation intra iteration knowledge label
large-scale layer learner learning length level line link location loss machine management mapping
mechanism metric mode model modeling modelling module multi natural network node non normal object
objective open operation operator order organization output pair parameter part participant path
pattern people person phase pipeline place plan point post power practice pre precision prediction
pretraining principle problem procedure process processing product program property protocol
public quality question range re reason recall region relation relationship representation
requirement resource response root rule run sample sampling scale scenario science score section
selection self semi sequence service set share shift signal site solution source space spectrum
speed stability stage standard state statistic strategy structure style sub subject survey system
task technology term test text theory thinking time topic train training transfer transform
transition trial tuning type update inner measurement offline online outer platform prototype rate
session truth upper variation usage user value variable version view visit weight word world
"""
)

DATA_CUES = _words("dataset benchmark corpus corpora leaderboard competition testbed suite")
"""What stands beside the name of a data set."""

NAMING_CUES = _words(
    "propose present introduce develop call dub term name release "
    "proposed named called dubbed termed"
)
"""What stands before the name that a paper gives to its own work."""
